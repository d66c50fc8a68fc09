#pragma once

#include "data/event_partitions.hpp"
#include "data/session.hpp"
#include "domain/event.hpp"

namespace keepwell::data {

/// Tables customer_events and event_keys.
class SociEventRepository final : public EventRepository {
public:
    explicit SociEventRepository(Session& session) : session_(session), partitions_(session) {}

    std::vector<RecordedEvent> add(std::span<const CustomerEvent> events) override;
    std::vector<CustomerEvent> list(CustomerId id, const Page& page) override;
    std::vector<CustomerEvent> scan(std::span<const CustomerId> ids, Timestamp from, Timestamp before,
                                    std::int64_t limit_per_customer) override;
    std::int64_t count(CustomerId id) override;
    std::int64_t remove_before(Timestamp before, std::int64_t limit) override;
    void prepare_months(Date from, Date until) override;

private:
    void insert(std::span<const Value> values, std::span<const Date> days);
    std::int64_t remove_keys_before(Timestamp before, std::int64_t limit);

    Session& session_;
    EventPartitions partitions_;
};

}  // namespace keepwell::data
