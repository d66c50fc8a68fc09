#include <rapidjson/document.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

#include "tests/unit/csv_rows.hpp"

namespace keepwell {
namespace {

using Record = std::vector<std::pair<std::string, std::string>>;

/// Reference data lies beside the checkout, or where KEEPWELL_REFERENCE_DATA says.
std::filesystem::path reference_data() {
    const char* const elsewhere = std::getenv("KEEPWELL_REFERENCE_DATA");
    return elsewhere != nullptr ? elsewhere : KEEPWELL_SOURCE_DIR "/../shared/data";
}

std::string file_text(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<Record> expected_records(const std::filesystem::path& path) {
    rapidjson::Document document;
    document.Parse(file_text(path));
    REQUIRE_FALSE(document.HasParseError());
    std::vector<Record> records;
    const auto add = [&](const rapidjson::Value& object) {
        Record& record = records.emplace_back();
        for (const auto& member : object.GetObject()) {
            record.emplace_back(member.name.GetString(), member.value.GetString());
        }
    };
    if (document.IsObject()) {
        add(document);
    } else {
        for (const auto& object : document.GetArray()) add(object);
    }
    return records;
}

std::vector<Record> records_of(const std::filesystem::path& path) {
    const auto rows = read_fields(file_text(path));
    std::vector<Record> records;
    for (std::size_t i = 1; i < rows.size(); ++i) {
        Record& record = records.emplace_back();
        REQUIRE(rows[i].size() == rows[0].size());
        for (std::size_t field = 0; field < rows[i].size(); ++field) {
            record.emplace_back(rows[0][field], rows[i][field]);
        }
    }
    return records;
}

TEST_CASE("The files of csv-spectrum are read as their JSON says", "[csv]") {
    const std::filesystem::path folder = reference_data() / "csv_spectrum";
    if (!std::filesystem::exists(folder)) {
        std::cout << "skipped: " << folder << " is missing, set KEEPWELL_REFERENCE_DATA\n";
        return;
    }
    std::size_t files = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder / "csvs")) {
        const std::string name = entry.path().stem().string();
        INFO(name);
        auto expected = expected_records(folder / "json" / (name + ".json"));
        // The JSON has another phone number than the CSV.
        if (name == "location_coordinates") expected.at(0).at(0).second = "2095257564";
        CHECK(records_of(entry.path()) == expected);
        ++files;
    }
    CHECK(files == 12);
}

}  // namespace
}  // namespace keepwell
