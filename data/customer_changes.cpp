#include "data/customer_changes.hpp"

#include <array>

namespace keepwell::data {

void CustomerChanges::write() {
    static constexpr std::array<std::string_view, 8> kColumns{
        "customer_id", "id", "field", "old_value", "new_value", "difference", "valid_from", "received_at"};
    if (changes_.empty()) return;
    const std::vector<std::int64_t> ids = session_.allocate_ids("customer_changes", changes_.size());
    std::vector<Value> values;
    values.reserve(changes_.size() * kColumns.size());
    for (std::size_t i = 0; i < changes_.size(); ++i) {
        const Change& change = changes_[i];
        values.insert(values.end(),
                      {to_value(change.customer_id.value), to_value(ids[i]), to_value(change.field),
                       to_value(change.old_value), to_value(change.new_value), to_value(change.difference),
                       to_value(change.valid_from), to_value(now_)});
    }
    session_.insert_rows("customer_changes", kColumns, values);
    changes_.clear();
}

}  // namespace keepwell::data
