#pragma once

#include <array>
#include <cstddef>
#include <initializer_list>

namespace keepwell {

/// A value over time: straight lines between the points where it is known, level outside of them.
class DemoTrack {
public:
    struct Point {
        double days_ago;  ///< Before the portfolio's last day.
        double value;
    };

    DemoTrack() = default;
    explicit DemoTrack(double level) : DemoTrack({{0, level}}) {}
    /// From the oldest to the newest, at most four.
    DemoTrack(std::initializer_list<Point> points);

    double at(double days_ago) const;

private:
    std::array<Point, 4> points_{};
    std::size_t count_ = 0;
};

}  // namespace keepwell
