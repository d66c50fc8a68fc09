#include "domain/customer.hpp"

namespace keepwell {

std::string_view to_string(CustomerKeyKind kind) {
    switch (kind) {
        case CustomerKeyKind::kAccountName:
            return "account_name";
        case CustomerKeyKind::kExternalId:
            return "external_id";
        case CustomerKeyKind::kGroupId:
            return "group_id";
        case CustomerKeyKind::kEmail:
            return "email";
    }
    return {};
}

CustomerPosition position_of(const Customer& customer, CustomerSort by) {
    CustomerPosition position{.id = customer.id};
    switch (by) {
        case CustomerSort::kId:
            break;
        case CustomerSort::kName:
            position.text = customer.name;
            break;
        case CustomerSort::kHealthScore:
            position.number = customer.health_score;
            break;
        case CustomerSort::kArr:
            position.amount = customer.arr;
            break;
        case CustomerSort::kUpdatedAt:
            position.time = customer.updated_at;
            break;
        case CustomerSort::kSegment:
            position.text = customer.segment;
            break;
        case CustomerSort::kRegion:
            position.text = customer.region;
            break;
    }
    return position;
}

}  // namespace keepwell
