#include "data/activity_details.hpp"

#include <array>
#include <charconv>
#include <stdexcept>

namespace keepwell::data {
namespace {

template <typename Number>
void append_number(std::string& out, Number number) {
    std::array<char, 32> text{};
    const auto [end, failure] = std::to_chars(text.data(), text.data() + text.size(), number);
    out.append(text.data(), end);
}

void append_text(std::string& out, char kind, std::string_view text) {
    out += kind;
    append_number(out, text.size());
    out += ':';
    out += text;
}

void append_moment(std::string& out, char kind, Timestamp at, Timestamp base) {
    if (at == base) return;
    out += kind;
    append_number(out, (at - base).count());
}

void append_number_item(std::string& out, const std::string& name, double sum, const LastValue* last,
                        Timestamp base) {
    append_text(out, last == nullptr ? 's' : 'n', name);
    append_number(out, sum);
    if (last != nullptr) {
        if (last->value != sum) {
            out += '=';
            append_number(out, last->value);
        }
        append_moment(out, '@', last->at, base);
    }
    out += ';';
}

void append_ticket(std::string& out, const std::string& id, const TicketState& ticket, Timestamp base) {
    append_text(out, 't', id);
    append_moment(out, '@', ticket.at, base);
    append_moment(out, 'o', ticket.opened_at, ticket.at);
    const auto append_told = [&](char kind, const std::string& text, Timestamp at) {
        if (text.empty()) return;
        append_text(out, kind, text);
        append_moment(out, '@', at, ticket.at);
    };
    append_told('p', ticket.priority, ticket.priority_at);
    append_told('s', ticket.status, ticket.status_at);
    append_told('y', ticket.type, ticket.type_at);
    const auto append_value = [&](char kind, const std::optional<double>& value, Timestamp at) {
        if (!value) return;
        out += kind;
        append_number(out, *value);
        append_moment(out, '@', at, ticket.at);
    };
    append_value('x', ticket.satisfaction, ticket.satisfaction_at);
    append_value('r', ticket.resolution_time, ticket.resolution_time_at);
    out += ';';
}

[[noreturn]] void fail() {
    throw std::runtime_error("stored activity details can't be read");
}

class Reader {
public:
    explicit Reader(std::string_view text) : at_(text.data()), end_(text.data() + text.size()) {}

    bool at_end() const { return at_ == end_; }
    bool take(char expected) {
        if (at_ == end_ || *at_ != expected) return false;
        ++at_;
        return true;
    }
    char take_any() {
        if (at_ == end_) fail();
        return *at_++;
    }
    std::string_view text() {
        const auto size = static_cast<std::size_t>(whole());
        if (!take(':') || size > static_cast<std::size_t>(end_ - at_)) fail();
        const std::string_view text(at_, size);
        at_ += size;
        return text;
    }
    std::int64_t whole() {
        std::int64_t number = 0;
        const auto [next, failure] = std::from_chars(at_, end_, number);
        if (failure != std::errc{}) fail();
        at_ = next;
        return number;
    }
    double number() {
        // Most are whole and short: by hand that takes a tenth of the time.
        std::int64_t whole = 0;
        const char* next = at_;
        while (next != end_ && next - at_ < 15 && *next >= '0' && *next <= '9')
            whole = whole * 10 + (*next++ - '0');
        if (next != at_ && next != end_ && *next != '.' && *next != 'e' && (*next < '0' || *next > '9')) {
            at_ = next;
            return static_cast<double>(whole);
        }
        double number = 0;
        const auto [real_end, failure] = std::from_chars(at_, end_, number);
        if (failure != std::errc{}) fail();
        at_ = real_end;
        return number;
    }
    Timestamp moment(char kind, Timestamp base) {
        return take(kind) ? base + std::chrono::microseconds{whole()} : base;
    }

private:
    const char* at_;
    const char* end_;
};

TicketState read_ticket(Reader& reader, Timestamp base) {
    TicketState ticket;
    ticket.at = reader.moment('@', base);
    ticket.opened_at = reader.moment('o', ticket.at);
    const auto read_told = [&](std::string& text, Timestamp& at) {
        text = reader.text();
        at = reader.moment('@', ticket.at);
    };
    const auto read_value = [&](std::optional<double>& value, Timestamp& at) {
        value = reader.number();
        at = reader.moment('@', ticket.at);
    };
    while (true) {
        switch (reader.take_any()) {
            case 'p':
                read_told(ticket.priority, ticket.priority_at);
                break;
            case 's':
                read_told(ticket.status, ticket.status_at);
                break;
            case 'y':
                read_told(ticket.type, ticket.type_at);
                break;
            case 'x':
                read_value(ticket.satisfaction, ticket.satisfaction_at);
                break;
            case 'r':
                read_value(ticket.resolution_time, ticket.resolution_time_at);
                break;
            case ';':
                return ticket;
            default:
                fail();
        }
    }
}

}  // namespace

std::string encode_details(const DailyActivity& activity) {
    std::string out;
    out.reserve(32 * (activity.sums.size() + activity.keys.size()) + 96 * activity.tickets.size());
    for (const auto& [name, sum] : activity.sums) {
        const auto last = activity.last.find(name);
        append_number_item(out, name, sum, last == activity.last.end() ? nullptr : &last->second,
                           activity.last_at);
    }
    for (const auto& [key, times] : activity.keys) {
        append_text(out, 'k', key);
        if (times != 1) append_number(out, times);
        out += ';';
    }
    for (const auto& [id, ticket] : activity.tickets) append_ticket(out, id, ticket, activity.last_at);
    return out;
}

void decode_details(std::string_view details, DailyActivity& activity) {
    Reader reader(details);
    while (!reader.at_end()) {
        const char kind = reader.take_any();
        const std::string_view name = reader.text();
        // They come in order, so each goes to the end.
        switch (kind) {
            case 'n': {
                const double sum = reader.number();
                LastValue last;
                last.value = reader.take('=') ? reader.number() : sum;
                last.at = reader.moment('@', activity.last_at);
                activity.sums.emplace_hint(activity.sums.end(), name, sum);
                activity.last.emplace_hint(activity.last.end(), name, last);
                break;
            }
            case 's':
                activity.sums.emplace_hint(activity.sums.end(), name, reader.number());
                break;
            case 'k':
                if (reader.take(';')) {
                    activity.keys.emplace_hint(activity.keys.end(), name, 1);
                    continue;
                }
                activity.keys.emplace_hint(activity.keys.end(), name, reader.whole());
                break;
            case 't':
                activity.tickets.emplace_hint(activity.tickets.end(), name,
                                              read_ticket(reader, activity.last_at));
                continue;
            default:
                fail();
        }
        if (!reader.take(';')) fail();
    }
}

}  // namespace keepwell::data
