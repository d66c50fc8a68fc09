#include "domain/logistic_regression.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <memory>
#include <random>

namespace keepwell {
namespace {

using Outcome = LogisticModel::Outcome;

/// Rows of inputs with their outcomes.
struct Table {
    std::vector<std::vector<double>> columns;
    std::vector<char> outcomes;

    explicit Table(std::size_t inputs) : columns(inputs) {}
    void add(const std::vector<double>& inputs, bool outcome, int times = 1) {
        for (int i = 0; i < times; ++i) {
            for (std::size_t column = 0; column < columns.size(); ++column)
                columns[column].push_back(inputs[column]);
            outcomes.push_back(outcome ? 1 : 0);
        }
    }
    LogisticModel fit(const LogisticOptions& options = {}) const {
        const auto flags = std::make_unique<bool[]>(outcomes.size());
        for (std::size_t i = 0; i < outcomes.size(); ++i) flags[i] = outcomes[i] != 0;
        return fit_logistic({.columns = columns, .outcomes = {flags.get(), outcomes.size()}}, options);
    }
};

TEST_CASE("Two groups give the logarithm of their odds", "[regression]") {
    Table table(1);
    table.add({0}, true, 10);
    table.add({0}, false, 30);
    table.add({1}, true, 30);
    table.add({1}, false, 10);
    const LogisticModel model = table.fit({.ridge = 0});
    CHECK(model.outcome == Outcome::kConverged);
    CHECK(model.intercept == Approx(std::log(1.0 / 3)));
    CHECK(model.weights[0] == Approx(std::log(9.0)));
    CHECK(model.iterations < 10);
    CHECK(model.probability(std::vector{1.0}) == Approx(0.75));
    CHECK(model.probability(std::vector{0.0}) == Approx(0.25));
}

TEST_CASE("At the solution the pull of the data and of the ridge are equal", "[regression]") {
    const double ridge = GENERATE(0.1, 1.0, 50.0);
    std::mt19937_64 random{3};
    Table table(3);
    for (int i = 0; i < 400; ++i) {
        const std::vector<double> inputs{static_cast<double>(random() % 100),
                                         static_cast<double>(random() % 7) * 1e6,
                                         static_cast<double>(random() % 2)};
        const double risk = 2 - 0.05 * inputs[0] + inputs[2];
        table.add(inputs, static_cast<double>(random() % 1000) / 1000 < 1 / (1 + std::exp(-risk)));
    }
    const LogisticModel model = table.fit({.ridge = ridge});
    REQUIRE(model.outcome == Outcome::kConverged);
    double surprises = 0;
    for (std::size_t column = 0; column < 3; ++column) {
        const auto& values = table.columns[column];
        double mean = 0;
        for (const double value : values) mean += value / 400;
        double variance = 0;
        for (const double value : values) variance += (value - mean) * (value - mean) / 400;
        const double deviation = std::sqrt(variance);
        double pull = 0;
        surprises = 0;
        for (std::size_t row = 0; row < 400; ++row) {
            const double surprise = table.outcomes[row] -
                                    model.probability(std::vector{
                                        table.columns[0][row], table.columns[1][row], table.columns[2][row]});
            pull += surprise * (values[row] - mean) / deviation;
            surprises += surprise;
        }
        CHECK(pull == Approx(ridge * model.weights[column] * deviation).margin(1e-6));
    }
    CHECK(surprises == Approx(0).margin(1e-6));
    CHECK(model.weights[0] < 0);
    CHECK(model.weights[2] > 0);
}

TEST_CASE("Separated outcomes have a solution with a ridge, and none without", "[regression]") {
    Table table(1);
    for (int i = 0; i < 20; ++i) table.add({static_cast<double>(i)}, i >= 10);
    const LogisticModel with = table.fit();
    CHECK(with.outcome == Outcome::kConverged);
    CHECK(with.weights[0] > 0);
    CHECK(with.probability(std::vector{0.0}) < 0.2);
    CHECK(table.fit({.ridge = 0}).outcome == Outcome::kNotConverged);
}

TEST_CASE("Too few of either outcome fit nothing", "[regression]") {
    const auto [happened, not_happened] =
        GENERATE(table<int, int>({{0, 0}, {0, 50}, {50, 0}, {9, 50}, {50, 9}}));
    Table table(1);
    for (int i = 0; i < happened; ++i) table.add({static_cast<double>(i)}, true);
    for (int i = 0; i < not_happened; ++i) table.add({static_cast<double>(i)}, false);
    CHECK(table.fit().outcome == Outcome::kTooLittleData);
    CHECK(table.fit({.minimum_of_each_outcome = 0}).outcome ==
          (happened > 0 && not_happened > 0 ? Outcome::kConverged : Outcome::kTooLittleData));
}

TEST_CASE("An input that never differs has no weight, whatever the ridge", "[regression]") {
    const double ridge = GENERATE(0.0, 1.0);
    Table table(2);
    for (int i = 0; i < 100; ++i) table.add({7, static_cast<double>(i % 10)}, i % 10 + i % 7 > 8);
    const LogisticModel model = table.fit({.ridge = ridge});
    CHECK(model.outcome == Outcome::kConverged);
    CHECK(model.weights[0] == 0);
    CHECK(model.weights[1] > 0);
}

TEST_CASE("Two equal inputs share their weight", "[regression]") {
    Table table(2);
    for (int i = 0; i < 100; ++i) table.add({i % 10 * 1.0, i % 10 * 1.0}, i % 10 + i % 7 > 8);
    const LogisticModel model = table.fit();
    CHECK(model.outcome == Outcome::kConverged);
    CHECK(model.weights[0] == Approx(model.weights[1]));
}

TEST_CASE("A missing input counts as the mean", "[regression]") {
    const double missing = std::numeric_limits<double>::quiet_NaN();
    Table table(1);
    for (int i = 0; i < 100; ++i) table.add({i % 10 * 1.0}, i % 10 + i % 7 > 8);
    for (int i = 0; i < 10; ++i) table.add({missing}, i % 2 == 0);
    const LogisticModel model = table.fit();
    CHECK(model.outcome == Outcome::kConverged);
    CHECK(model.means[0] == Approx(4.5));
    CHECK(model.probability(std::vector{missing}) == model.probability(std::vector{model.means[0]}));
}

TEST_CASE("The same data give the same bits", "[regression]") {
    Table table(1);
    for (int i = 0; i < 200; ++i) table.add({i % 13 * 1.0}, i % 13 + i % 7 > 8);
    CHECK(table.fit().weights == table.fit().weights);
    CHECK(table.fit().intercept == table.fit().intercept);
}

TEST_CASE("Columns of different lengths are refused", "[regression]") {
    Table table(2);
    table.add({1, 2}, true);
    table.columns[1].pop_back();
    CHECK_THROWS_AS(table.fit(), std::invalid_argument);
}

}  // namespace
}  // namespace keepwell
