#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "data/session.hpp"
#include "domain/customer.hpp"

namespace keepwell::data {

/// Rows for customer_changes, gathered and then written together.
class CustomerChanges {
public:
    struct Change {
        CustomerId customer_id;
        std::string_view field;
        std::optional<std::string> old_value;  ///< Empty: the first value.
        std::string new_value;
        std::optional<Money> difference;  ///< New minus old of an amount.
        Timestamp valid_from;
    };

    CustomerChanges(Session& session, Timestamp now) : session_(session), now_(now) {}

    void add(Change change) { changes_.push_back(std::move(change)); }
    void write();

private:
    Session& session_;
    Timestamp now_;
    std::vector<Change> changes_;
};

}  // namespace keepwell::data
