#include "domain/logistic_regression.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <stdexcept>

namespace keepwell {
namespace {

constexpr double kTolerance = 1e-10;
/// Beyond such an odds of e^30 the data are separated and the weights run away.
constexpr double kRunaway = 30;

double sigmoid(double x) {
    return x >= 0 ? 1 / (1 + std::exp(-x)) : std::exp(x) / (1 + std::exp(x));
}

/// log(1 + e^x) without overflow.
double softplus(double x) {
    return std::max(x, 0.0) + std::log1p(std::exp(-std::abs(x)));
}

struct Scale {
    double mean = 0;
    double deviation = 0;  ///< 0 for a column that never differs.

    explicit Scale(const std::vector<double>& column) {
        double sum = 0;
        double known = 0;
        for (const double value : column) {
            if (std::isnan(value)) continue;
            sum += value;
            ++known;
        }
        if (known == 0) return;
        mean = sum / known;
        double squares = 0;
        for (const double value : column)
            if (!std::isnan(value)) squares += (value - mean) * (value - mean);
        deviation = std::sqrt(squares / known);
        if (deviation < 1e-12 * std::max(1.0, std::abs(mean))) deviation = 0;
    }

    double standardised(double value) const {
        return std::isnan(value) || deviation == 0 ? 0 : (value - mean) / deviation;
    }
};

/// Solves A·x = b for a symmetric positive definite A (row by row) by Cholesky; empty when it is none.
std::optional<std::vector<double>> solve(std::vector<double> a, std::vector<double> b) {
    const std::size_t size = b.size();
    for (std::size_t j = 0; j < size; ++j) {
        for (std::size_t i = j; i < size; ++i) {
            double sum = a[i * size + j];
            for (std::size_t k = 0; k < j; ++k) sum -= a[i * size + k] * a[j * size + k];
            if (i == j) {
                if (!(sum > 0) || !std::isfinite(sum)) return std::nullopt;
                a[j * size + j] = std::sqrt(sum);
            } else {
                a[i * size + j] = sum / a[j * size + j];
            }
        }
    }
    for (std::size_t i = 0; i < size; ++i) {
        for (std::size_t k = 0; k < i; ++k) b[i] -= a[i * size + k] * b[k];
        b[i] /= a[i * size + i];
    }
    for (std::size_t i = size; i-- > 0;) {
        for (std::size_t k = i + 1; k < size; ++k) b[i] -= a[k * size + i] * b[k];
        b[i] /= a[i * size + i];
    }
    return b;
}

/// The penalised loss with its first and second derivative. The intercept comes first.
class Loss {
public:
    Loss(const LogisticData& data, double ridge) : data_(data), ridge_(ridge) {
        for (const auto& column : data.columns) scales_.emplace_back(column);
    }

    const std::vector<Scale>& scales() const { return scales_; }

    double at(const std::vector<double>& weights) const {
        double loss = 0;
        std::vector<double> inputs(weights.size());
        for (std::size_t row = 0; row < data_.outcomes.size(); ++row) {
            const double x = linear(row, weights, inputs);
            loss += softplus(data_.outcomes[row] ? -x : x);
        }
        for (std::size_t i = 1; i < weights.size(); ++i) loss += ridge_ / 2 * weights[i] * weights[i];
        return loss;
    }

    /// Newton's step from `weights`; empty when the curvature vanishes.
    std::optional<std::vector<double>> step(const std::vector<double>& weights) const {
        const std::size_t size = weights.size();
        std::vector<double> downhill(size);
        std::vector<double> curvature(size * size);
        std::vector<double> inputs(size);
        for (std::size_t row = 0; row < data_.outcomes.size(); ++row) {
            const double probability = sigmoid(linear(row, weights, inputs));
            const double surprise = (data_.outcomes[row] ? 1.0 : 0.0) - probability;
            const double certainty = probability * (1 - probability);
            for (std::size_t i = 0; i < size; ++i) {
                downhill[i] += surprise * inputs[i];
                for (std::size_t j = 0; j <= i; ++j)
                    curvature[i * size + j] += certainty * inputs[i] * inputs[j];
            }
        }
        for (std::size_t i = 1; i < size; ++i) {
            downhill[i] -= ridge_ * weights[i];
            // A column that never differs has no curvature of its own; any will do for a weight of 0.
            curvature[i * size + i] += scales_[i - 1].deviation == 0 ? ridge_ + 1 : ridge_;
        }
        return solve(std::move(curvature), std::move(downhill));
    }

private:
    double linear(std::size_t row, const std::vector<double>& weights, std::vector<double>& inputs) const {
        inputs[0] = 1;
        double sum = weights[0];
        for (std::size_t i = 1; i < weights.size(); ++i) {
            inputs[i] = scales_[i - 1].standardised(data_.columns[i - 1][row]);
            sum += weights[i] * inputs[i];
        }
        return sum;
    }

    const LogisticData& data_;
    double ridge_;
    std::vector<Scale> scales_;
};

double largest(const std::vector<double>& values) {
    double size = 0;
    for (const double value : values) size = std::max(size, std::abs(value));
    return size;
}

/// Goes along `step` as far as the loss falls, for which Newton's full step may be too long.
bool descend(const Loss& loss, std::vector<double>& weights, const std::vector<double>& step,
             double& current) {
    for (double length = 1; length > 1e-6; length /= 2) {
        std::vector<double> next = weights;
        for (std::size_t i = 0; i < next.size(); ++i) next[i] += length * step[i];
        const double there = loss.at(next);
        if (there > current + 1e-12 * std::abs(current)) continue;
        weights = std::move(next);
        current = there;
        return true;
    }
    return false;
}

}  // namespace

double LogisticModel::probability(std::span<const double> inputs) const {
    double sum = intercept;
    for (std::size_t i = 0; i < weights.size(); ++i)
        sum += weights[i] * (std::isnan(inputs[i]) ? means[i] : inputs[i]);
    return sigmoid(sum);
}

LogisticModel fit_logistic(const LogisticData& data, const LogisticOptions& options) {
    for (const auto& column : data.columns)
        if (column.size() != data.outcomes.size())
            throw std::invalid_argument("columns of different lengths");
    LogisticModel model;
    const auto happened =
        static_cast<std::size_t>(std::count(data.outcomes.begin(), data.outcomes.end(), true));
    if (std::min(happened, data.outcomes.size() - happened) <
        std::max<std::size_t>(1, options.minimum_of_each_outcome))
        return model;

    const Loss loss(data, options.ridge);
    std::vector<double> weights(data.columns.size() + 1);
    const double share = static_cast<double>(happened) / static_cast<double>(data.outcomes.size());
    weights[0] = std::log(share / (1 - share));
    double current = loss.at(weights);
    model.outcome = LogisticModel::Outcome::kNotConverged;
    while (model.iterations < options.maximum_iterations) {
        ++model.iterations;
        const auto step = loss.step(weights);
        if (!step || largest(weights) > kRunaway) break;
        const bool is_there = largest(*step) < kTolerance * std::max(1.0, largest(weights));
        if (is_there || !descend(loss, weights, *step, current)) {
            model.outcome = LogisticModel::Outcome::kConverged;
            break;
        }
    }

    model.intercept = weights[0];
    for (std::size_t i = 0; i < loss.scales().size(); ++i) {
        const Scale& scale = loss.scales()[i];
        const double weight = scale.deviation == 0 ? 0 : weights[i + 1] / scale.deviation;
        model.weights.push_back(weight);
        model.means.push_back(scale.mean);
        model.intercept -= weight * scale.mean;
    }
    return model;
}

}  // namespace keepwell
