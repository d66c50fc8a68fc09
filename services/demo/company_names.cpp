#include "services/demo/company_names.hpp"

#include <array>

#include "services/demo/demo_random.hpp"

namespace keepwell {
namespace {

using Words = std::string_view;

/// What companies of a region are called after and how their kind of company is abbreviated.
struct RegionWords {
    Words region;
    std::array<Words, 6> forms;  ///< The first is empty: some do without.
};

constexpr std::array<RegionWords, 4> kRegions{{
    {"US", {"", "Inc", "LLC", "Corp", "Holdings", "& Co"}},
    {"EU", {"", "GmbH", "AB", "SAS", "B.V.", "Ltd"}},
    {"APAC", {"", "Pte Ltd", "Pty Ltd", "K.K.", "Co Ltd", "Group"}},
    {"LATAM", {"", "S.A.", "Ltda", "S.A.S.", "S. de R.L.", "Grupo"}},
}};

struct FirstWord {
    Words text;
    std::size_t region;
};

constexpr std::array kFirstWords = std::to_array<FirstWord>({
    {"Harborview", 0},  {"Müller", 1},       {"Sakura", 2},         {"São Bento", 3},    {"Blue Mesa", 0},
    {"Lakeshore", 0},   {"Åkerlund", 1},     {"Redgum", 2},         {"Andina", 3},       {"Copperfield", 0},
    {"Northgate", 0},   {"Fjordheim", 1},    {"東雲", 2},           {"Río Claro", 3},    {"Summit Ridge", 0},
    {"Ironwood", 0},    {"Łukowski", 1},     {"Marina Bay", 2},     {"Peñalver", 3},     {"Cedar Falls", 0},
    {"Brightwater", 0}, {"Beaumont", 1},     {"Kookaburra", 2},     {"Pampa", 3},        {"Granite Peak", 0},
    {"Silverline", 0},  {"Weißensee", 1},    {"Nakamura", 2},       {"Araucária", 3},    {"Redwood", 0},
    {"Prairie", 0},     {"Castellani", 1},   {"Lotus", 2},          {"Quetzal", 3},      {"Stonebridge", 0},
    {"Beacon Hill", 0}, {"Van der Meer", 1}, {"Bayan", 2},          {"Montaña", 3},      {"Clearbrook", 0},
    {"Juniper", 0},     {"Østergaard", 1},   {"Hokusei", 2},        {"Ipê", 3},          {"Eastgate", 0},
    {"Whitfield", 0},   {"Kowalczyk", 1},    {"Tasman", 2},         {"Costa Verde", 3},  {"Mill Creek", 0},
    {"Sterling", 0},    {"Dvořák", 1},       {"Jade River", 2},     {"Sol Naciente", 3}, {"Pinecrest", 0},
    {"Aspen", 0},       {"Moreau", 1},       {"Southern Cross", 2}, {"Yucatán", 3},      {"Riverton", 0},
    {"Oakhurst", 0},    {"Lindqvist", 1},    {"Merapi", 2},         {"Maracá", 3},       {"Bayfield", 0},
    {"Hawthorne", 0},   {"Baltic", 1},       {"Hanabi", 2},         {"Atacama", 3},      {"Crescent", 0},
    {"Kingsley", 0},    {"Brünner", 1},      {"Ganges", 2},         {"Guaraní", 3},      {"Fairmont", 0},
    {"Sequoia", 0},     {"Solberg", 1},      {"Monsoon", 2},        {"Jacarandá", 3},    {"Tidewater", 0},
    {"Bluestem", 0},    {"Garcés", 1},       {"Kiwi", 2},           {"Cóndor", 3},       {"Larkspur", 0},
    {"Wheatland", 0},   {"Hallgrímur", 1},   {"Orchid", 2},         {"Tierra Alta", 3},  {"Foxglove", 0},
    {"Evergreen", 0},   {"O’Sullivan", 1},   {"Banyan", 2},         {"Boa Vista", 3},    {"Rockport", 0},
});

constexpr std::array kTrades = std::to_array<Words>({
    "Logistics",   "Analytics",  "Robotics",      "Foods",      "Pharma",     "Insurance", "Software",
    "Textiles",    "Energy",     "Medical",       "Travel",     "Media",      "Security",  "Motors",
    "Hotels",      "Education",  "Retail",        "Packaging",  "Biotech",    "Games",     "Finance",
    "Marine",      "Optics",     "Furniture",     "Aviation",   "Payments",   "Water",     "Printing",
    "Agriculture", "Consulting", "Chemicals",     "Fitness",    "Properties", "Railways",  "Cloud",
    "Diagnostics", "Dairy",      "Engineering",   "Toys",       "Brewing",    "Networks",  "Solar",
    "Records",     "Freight",    "Labs",          "Publishing", "Tools",      "Wellness",  "Catering",
    "Data",        "Ceramics",   "Legal",         "Mobility",   "Recycling",  "Studios",   "Sensors",
    "Outdoor",     "Jewellery",  "Semiconductor", "Ventures",   "Paper",
});

/// Branches of one company, once all companies are there.
constexpr std::array kTowns = std::to_array<Words>({
    "",        "Lisbon",  "Osaka",    "Denver", "Lima",    "Kraków",  "Perth",    "Austin",  "Bogotá",
    "Malmö",   "Hanoi",   "Boston",   "Quito",  "Zürich",  "Manila",  "Seattle",  "Córdoba", "Gdańsk",
    "Nagoya",  "Chicago", "Curitiba", "Lyon",   "Jakarta", "Toronto", "Bergen",   "Cusco",   "Dublin",
    "Fukuoka", "Geneva",  "Houston",  "Izmir",  "Kochi",   "Leeds",   "Medellín", "Natal",   "Oslo",
});

constexpr std::int64_t kForms = 6;
constexpr auto kFirstWordCount = static_cast<std::int64_t>(kFirstWords.size());
constexpr auto kTradeCount = static_cast<std::int64_t>(kTrades.size());
constexpr std::int64_t kCompanies = kFirstWordCount * kTradeCount * kForms;
/// Shares no divisor with kCompanies, so that its multiples visit every company once.
constexpr std::int64_t kStride = 26'683;

constexpr std::int64_t greatest_common_divisor(std::int64_t left, std::int64_t right) {
    return right == 0 ? left : greatest_common_divisor(right, left % right);
}
static_assert(greatest_common_divisor(kStride, kCompanies) == 1);

}  // namespace

std::int64_t company_name_count() {
    return kCompanies * static_cast<std::int64_t>(kTowns.size());
}

CompanyName company_name(std::uint64_t seed, std::int64_t number) {
    const auto start = static_cast<std::int64_t>(DemoRandom{seed}.next() % kCompanies);
    const std::int64_t company = (number % kCompanies * kStride + start) % kCompanies;
    const auto at = [](std::int64_t index) { return static_cast<std::size_t>(index); };
    const std::int64_t first_word = company % kFirstWordCount;
    const FirstWord& first = kFirstWords[at(first_word)];
    // Turned by the first word, so that neighbours are in different trades.
    const Words trade = kTrades[at((company / kFirstWordCount + first_word * 17) % kTradeCount)];
    const RegionWords& region = kRegions[first.region];
    const Words form = region.forms[at(company / kFirstWordCount / kTradeCount)];
    const Words town = kTowns[at(number / kCompanies)];

    CompanyName result{.name = std::string{first.text}, .region = region.region};
    for (const Words word : {trade, form, town}) {
        if (!word.empty()) result.name.append(" ").append(word);
    }
    return result;
}

}  // namespace keepwell
