#pragma once

#include "data/session.hpp"
#include "domain/customer.hpp"

namespace keepwell::data {

/// Table customers, with customer_keys and customer_changes.
class SociCustomerRepository final : public CustomerRepository {
public:
    explicit SociCustomerRepository(Session& session) : session_(session) {}

    std::optional<Customer> find(CustomerId id) override;
    std::vector<Customer> list(const CustomerFilter& filter, CustomerOrder order, std::int64_t offset,
                               std::int64_t limit) override;
    std::vector<Customer> list_after(const CustomerFilter& filter, CustomerId after,
                                     std::int64_t limit) override;
    std::int64_t count(const CustomerFilter& filter) override;
    std::vector<Upserted> upsert_accounts(std::span<const AccountAttributes> accounts,
                                          Timestamp now) override;
    void lock(std::span<const CustomerId> ids) override;
    void mark_stale(std::span<const CustomerId> ids) override;
    std::vector<CustomerId> list_stale(CustomerId after, std::int64_t limit) override;
    std::vector<CustomerId> list_ids(CustomerId after, std::int64_t limit) override;
    std::vector<ScoreState> score_states(std::span<const CustomerId> ids) override;
    void save_scores(std::span<const CustomerScore> scores, Timestamp now) override;
    std::vector<Customer> find_all(std::span<const CustomerId> ids) override;
    std::vector<std::optional<CustomerId>> resolve(std::span<const CustomerKey> keys) override;
    std::vector<CustomerId> existing(std::span<const CustomerId> ids) override;
    Saved save(const CustomerChange& change, Timestamp now) override;
    Customer update(CustomerId id, const CustomerChange& change, std::optional<std::int64_t> version,
                    Timestamp now) override;
    bool remove(CustomerId id) override;
    std::vector<Customer> list_from(const CustomerFilter& filter, CustomerOrder order,
                                    const std::optional<CustomerPosition>& after,
                                    std::int64_t limit) override;

private:
    Session& session_;
};

}  // namespace keepwell::data
