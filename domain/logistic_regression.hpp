#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace keepwell {

/// Inputs in columns of equal length; NaN where a value is missing, which counts as the column's mean.
struct LogisticData {
    std::span<const std::vector<double>> columns;
    std::span<const bool> outcomes;  ///< What is to be explained, one for each row.
};

struct LogisticOptions {
    /// Pulls the weights of the standardised inputs towards 0: half of it times the sum of their squares is
    /// added to the loss. Above 0 there is a solution whatever the data.
    double ridge = 1;
    int maximum_iterations = 50;
    std::size_t minimum_of_each_outcome = 10;
};

struct LogisticModel {
    enum class Outcome {
        kConverged,
        kNotConverged,   ///< As after a separation of the outcomes without a ridge; the model is no use.
        kTooLittleData,  ///< Too few rows of either outcome; nothing was fitted.
    };
    Outcome outcome = Outcome::kTooLittleData;
    double intercept = 0;
    std::vector<double> weights;  ///< Per unit of the inputs as given; 0 for an input that never differs.
    std::vector<double> means;    ///< What a missing input counts as.
    int iterations = 0;

    /// That the outcome is true, 0 to 1. `inputs` in the order of the columns; NaN where missing.
    double probability(std::span<const double> inputs) const;
};

/// Ridge logistic regression by Newton's method (iteratively reweighted least squares) on standardised
/// inputs; the intercept is not pulled. Deterministic. Throws std::invalid_argument when lengths differ.
LogisticModel fit_logistic(const LogisticData& data, const LogisticOptions& options = {});

}  // namespace keepwell
