#pragma once

#include <vector>

#include "domain/event.hpp"
#include "services/demo/demo_event_course.hpp"

namespace keepwell {

/// Everything that a customer of this course did from `first_day` to `last_day`, oldest first; customer_id
/// and message_id are empty, received_at is occurred_at. Same arguments, same events.
std::vector<CustomerEvent> demo_events(const DemoEventCourse& course, DemoRandom random, Date first_day,
                                       Date last_day);

}  // namespace keepwell
