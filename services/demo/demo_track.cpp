#include "services/demo/demo_track.hpp"

#include <algorithm>

namespace keepwell {

DemoTrack::DemoTrack(std::initializer_list<Point> points) : count_(points.size()) {
    std::copy(points.begin(), points.end(), points_.begin());
}

double DemoTrack::at(double days_ago) const {
    if (count_ == 0) return 0;
    for (std::size_t i = 0; i < count_; ++i) {
        const Point& later = points_[i];
        if (days_ago < later.days_ago) continue;
        if (i == 0) return later.value;
        const Point& earlier = points_[i - 1];
        const double progress = (earlier.days_ago - days_ago) / (earlier.days_ago - later.days_ago);
        return earlier.value + (later.value - earlier.value) * progress;
    }
    return points_[count_ - 1].value;
}

}  // namespace keepwell
