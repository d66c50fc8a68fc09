#include "api/playbook_routes.hpp"

#include <rapidjson/document.h>

#include "api/json_body.hpp"
#include "api/parameters.hpp"
#include "services/json_writer.hpp"

namespace keepwell::api {
namespace {

constexpr std::size_t kMaximumRisks = 100;
constexpr std::size_t kMaximumRiskBytes = 200;

void write_playbook(JsonWriter& json, const Playbook& playbook) {
    json.begin_object();
    json.member("id", playbook.id)
        .member("title", playbook.title)
        .member("description", playbook.description);
    json.member("category", playbook.category).member("priority", playbook.priority);
    json.member("estimated_effort", playbook.estimated_effort);
    json.strings("risk_factors", playbook.risk_factors).strings("steps", playbook.steps);
    json.member("created_at", playbook.created_at).end_object();
}

Response list(PlaybookService& playbooks) {
    JsonWriter json;
    json.begin_array();
    for (const Playbook& playbook : playbooks.list()) write_playbook(json, playbook);
    json.end_array();
    return {.body = json.take()};
}

/// `{"risk_factors": [...]}` or the bare array; no body is no risks.
std::vector<std::string> parse_risks(const Request& request) {
    if (request.body.empty()) return {};
    const rapidjson::Document body = parse_json_body(request);
    const rapidjson::Value* list = nullptr;
    std::string at;
    if (body.IsArray()) {
        list = &body;
    } else if (body.IsObject()) {
        const auto member = body.FindMember("risk_factors");
        if (member == body.MemberEnd()) return {};
        list = &member->value;
        at = "/risk_factors";
    }
    if (list == nullptr || !list->IsArray()) throw invalid({{at, "must be an array of risk factors"}});
    std::vector<FieldError> mistakes;
    if (list->Size() > kMaximumRisks) mistakes.push_back({at, "must have at most 100 entries"});
    std::vector<std::string> risks;
    for (rapidjson::SizeType i = 0; i < list->Size() && mistakes.size() < kMaximumRisks; ++i) {
        const rapidjson::Value& risk = (*list)[i];
        if (!risk.IsString() || risk.GetStringLength() > kMaximumRiskBytes) {
            mistakes.push_back({at + "/" + std::to_string(i), "must be a text of at most 200 bytes"});
            continue;
        }
        risks.emplace_back(risk.GetString(), risk.GetStringLength());
    }
    if (!mistakes.empty()) throw invalid(std::move(mistakes));
    return risks;
}

Response recommend_actions(PlaybookService& playbooks, AccountService& accounts, const Request& request) {
    Parameters parameters(request);
    const auto account = parameters.integer("account_id", 1, (std::int64_t{1} << 53) - 1);
    parameters.check();
    const auto risks = account ? accounts.risks(CustomerId{*account}) : parse_risks(request);
    const auto library = playbooks.list();
    JsonWriter json;
    json.begin_object().member("account_id", account).key("recommendations").begin_array();
    for (const Recommendation& match : recommend(library, risks)) {
        json.begin_object().key("playbook");
        write_playbook(json, *match.playbook);
        json.member("relevance_score", match.relevance)
            .strings("matching_risk_factors", match.matching_risks)
            .end_object();
    }
    json.end_array().end_object();
    return {.body = json.take()};
}

}  // namespace

std::vector<Route> playbook_routes(PlaybookService& playbooks, AccountService& accounts) {
    return {
        {.method = Method::kGet,
         .path = "/playbooks",
         .access = Access::kViewer,
         .audited = Audited::kNo,
         .idempotent = Idempotent::kByNature,
         .body = Body::kNone,
         .runs = Runs::kInline,
         .handle = [&](const Request&) { return list(playbooks); },
         .parameters = {}},
        {.method = Method::kPost,
         .path = "/actions/recommend",
         .access = Access::kViewer,
         .audited = Audited::kNo,
         .idempotent = Idempotent::kByNature,
         .body = Body::kJson,
         .runs = Runs::kInline,
         .handle = [&](const Request& request) { return recommend_actions(playbooks, accounts, request); },
         .parameters = {"account_id"}},
    };
}

}  // namespace keepwell::api
