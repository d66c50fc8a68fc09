#include <rapidjson/document.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <set>
#include <span>

#include "api/router.hpp"
#include "domain/embedded_file.hpp"
#include "tests/support/running_app.hpp"

namespace keepwell {
std::span<const EmbeddedFile> embedded_openapi();
}  // namespace keepwell

namespace keepwell::testing {
namespace {

using Operation = std::pair<std::string, std::string>;  // Method and path.

std::string lower(std::string_view text) {
    std::string result{text};
    std::transform(result.begin(), result.end(), result.begin(),
                   [](unsigned char letter) { return std::tolower(letter); });
    return result;
}

rapidjson::Document contract() {
    REQUIRE(embedded_openapi().size() == 1);
    rapidjson::Document document;
    const auto bytes = embedded_openapi().front().bytes;
    document.Parse(bytes.data(), bytes.size());
    REQUIRE_FALSE(document.HasParseError());
    return document;
}

const rapidjson::Value& resolve(const rapidjson::Document& document, const rapidjson::Value& value) {
    const auto reference = value.FindMember("$ref");
    if (reference == value.MemberEnd()) return value;
    const rapidjson::Value* at = &document;
    std::string path = reference->value.GetString();
    path.erase(0, 2);  // "#/"
    while (!path.empty()) {
        const std::size_t slash = std::min(path.find('/'), path.size());
        at = &(*at)[path.substr(0, slash).c_str()];
        path.erase(0, slash + 1);
    }
    return *at;
}

/// The query parameters of each operation.
std::map<Operation, std::set<std::string>> described() {
    const rapidjson::Document document = contract();
    std::map<Operation, std::set<std::string>> operations;
    for (const auto& path : document["paths"].GetObject()) {
        for (const auto& method : path.value.GetObject()) {
            auto& parameters = operations[{method.name.GetString(), path.name.GetString()}];
            if (!method.value.HasMember("parameters")) continue;
            for (const auto& entry : method.value["parameters"].GetArray()) {
                const auto& parameter = resolve(document, entry);
                if (std::string{"query"} == parameter["in"].GetString())
                    parameters.insert(parameter["name"].GetString());
            }
        }
    }
    return operations;
}

std::map<Operation, std::set<std::string>> routed(const std::vector<api::Route>& routes) {
    std::map<Operation, std::set<std::string>> operations;
    for (const api::Route& route : routes) {
        std::string path = route.path;
        if (const std::size_t rest = path.find("...}"); rest != std::string::npos) path.erase(rest, 3);
        std::set<std::string> parameters(route.parameters.begin(), route.parameters.end());
        parameters.erase("*");
        operations[{lower(to_string(route.method)), path}] = std::move(parameters);
    }
    return operations;
}

}  // namespace

TEST_CASE(
    "every route is in the contract with its parameters, and every operation of the contract has a route") {
    RunningApp app;
    const auto in_contract = described();
    const auto in_router = routed(app.app().routes());
    for (const auto& [operation, parameters] : in_router) {
        CAPTURE(operation.first, operation.second);
        REQUIRE(in_contract.count(operation) == 1);
        CHECK(in_contract.at(operation) == parameters);
    }
    for (const auto& [operation, parameters] : in_contract) {
        CAPTURE(operation.first, operation.second);
        CHECK(in_router.count(operation) == 1);
    }
}

}  // namespace keepwell::testing
