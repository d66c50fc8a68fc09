#include "api/scorecard_routes.hpp"

#include <limits>

#include "api/answer.hpp"
#include "api/entity_tag.hpp"
#include "api/job_json.hpp"
#include "api/parameters.hpp"
#include "api/scorecard_body.hpp"
#include "api/scorecard_json.hpp"

namespace keepwell::api {
namespace {

constexpr std::chrono::seconds kPatience{5};
constexpr std::size_t kMaximumName = 100;

std::string read_name(const Request& request) {
    Parameters parameters(request);
    std::string name = parameters.path_text("name", kMaximumName);
    parameters.check();
    return name;
}

Response card_answer(const ListedScorecard& listed, int status = 200) {
    Response response = data_answer([&](JsonWriter& json) { write_scorecard(json, listed); }, status);
    response.headers.emplace_back("ETag", entity_tag(listed.card.version));
    return response;
}

Response cards_answer(const std::vector<ListedScorecard>& cards) {
    return data_answer([&](JsonWriter& json) {
        json.begin_array();
        for (const ListedScorecard& listed : cards) write_scorecard(json, listed);
        json.end_array();
    });
}

Response add(ScorecardService& scorecards, const Request& request) {
    const ListedScorecard added = scorecards.add(parse_scorecard(request, scorecards));
    Response response = card_answer(added, 201);
    response.headers.emplace_back("Location", "/api/scorecards/" + added.card.name);
    return response;
}

Response get(ScorecardService& scorecards, const Request& request) {
    Parameters parameters(request);
    const std::string name = parameters.path_text("name", kMaximumName);
    const auto version = parameters.integer("version", 1, std::numeric_limits<int>::max());
    parameters.check();
    return card_answer(scorecards.get(name, version));
}

Response change(ScorecardService& scorecards, const Request& request) {
    const std::string name = read_name(request);
    const auto version = required_version(request);
    scorecards.get(name);  // Not found is said before anything about the body.
    return card_answer(scorecards.change(parse_scorecard(request, scorecards, name), version));
}

Response retire(ScorecardService& scorecards, const Request& request) {
    scorecards.retire(read_name(request), required_version(request), request.principal.name);
    return no_content();
}

Response get_rules(ScorecardService& scorecards) {
    const auto rules = scorecards.rules();
    return data_answer([&](JsonWriter& json) { write_rules(json, rules); });
}

Response replace_rules(ScorecardService& scorecards, const Request& request) {
    scorecards.replace_rules(parse_rules(request));
    return get_rules(scorecards);
}

Response outcome(JobWorker& worker, JobId id) {
    worker.wake();
    return job_outcome(worker.wait(id, kPatience), std::nullopt);
}

Response preview_change(ScorecardService& scorecards, ScorecardPreview& preview, JobWorker& worker,
                        const Request& request) {
    const std::string name = read_name(request);
    scorecards.get(name);
    const Scorecard card = parse_previewed(request, scorecards, name);
    return outcome(worker, preview.start(scorecard_json(card)));
}

Response run_backtest(ScorecardService& scorecards, ScorecardBacktest& backtest, JobWorker& worker,
                      const Request& request) {
    const std::string name = read_name(request);
    scorecards.get(name);
    return outcome(worker, backtest.start(parse_backtest(request, backtest, name)));
}

Response list_factors(const ScorecardService& scorecards) {
    return data_answer([&](JsonWriter& json) {
        json.begin_array();
        for (const auto& factor : scorecards.factors().all()) write_factor(json, *factor);
        json.end_array();
    });
}

Route reading(std::string path, Handler handle, std::vector<std::string> parameters = {}) {
    return {.method = Method::kGet,
            .path = std::move(path),
            .access = Access::kViewer,
            .audited = Audited::kNo,
            .idempotent = Idempotent::kByNature,
            .body = Body::kNone,
            .runs = Runs::kInline,
            .handle = std::move(handle),
            .parameters = std::move(parameters)};
}

}  // namespace

std::vector<Route> scorecard_routes(ScorecardService& scorecards, ScorecardPreview& preview,
                                    ScorecardBacktest& backtest, JobWorker& worker) {
    return {
        reading("/api/factors", [&](const Request&) { return list_factors(scorecards); }),
        reading("/api/scorecards", [&](const Request&) { return cards_answer(scorecards.list()); }),
        {.method = Method::kPost,
         .path = "/api/scorecards",
         .access = Access::kAdmin,
         .audited = Audited::kYes,
         .idempotent = Idempotent::kByNature,  // A second card of the name is refused.
         .body = Body::kJson,
         .runs = Runs::kInline,
         .handle = [&](const Request& request) { return add(scorecards, request); },
         .parameters = {}},
        reading("/api/scorecards/{name}", [&](const Request& request) { return get(scorecards, request); },
                {"version"}),
        reading(
            "/api/scorecards/{name}/versions",
            [&](const Request& request) { return cards_answer(scorecards.versions(read_name(request))); }),
        {.method = Method::kPut,
         .path = "/api/scorecards/{name}",
         .access = Access::kAdmin,
         .audited = Audited::kYes,
         .idempotent = Idempotent::kByNature,
         .body = Body::kJson,
         .runs = Runs::kInline,
         .handle = [&](const Request& request) { return change(scorecards, request); },
         .parameters = {}},
        {.method = Method::kDelete,
         .path = "/api/scorecards/{name}",
         .access = Access::kAdmin,
         .audited = Audited::kYes,
         .idempotent = Idempotent::kByNature,
         .body = Body::kNone,
         .runs = Runs::kInline,
         .handle = [&](const Request& request) { return retire(scorecards, request); },
         .parameters = {}},
        {.method = Method::kPost,
         .path = "/api/scorecards/{name}/preview",
         .access = Access::kCsm,
         .audited = Audited::kNo,
         .idempotent = Idempotent::kByNature,
         .body = Body::kJson,
         .runs = Runs::kWaits,
         .handle =
             [&](const Request& request) { return preview_change(scorecards, preview, worker, request); },
         .parameters = {}},
        {.method = Method::kPost,
         .path = "/api/scorecards/{name}/backtest",
         .access = Access::kCsm,
         .audited = Audited::kNo,
         .idempotent = Idempotent::kByNature,
         .body = Body::kJson,
         .runs = Runs::kWaits,
         .handle =
             [&](const Request& request) { return run_backtest(scorecards, backtest, worker, request); },
         .parameters = {}},
        reading("/api/scorecard-rules", [&](const Request&) { return get_rules(scorecards); }),
        {.method = Method::kPut,
         .path = "/api/scorecard-rules",
         .access = Access::kAdmin,
         .audited = Audited::kYes,
         .idempotent = Idempotent::kByNature,
         .body = Body::kJson,
         .runs = Runs::kInline,
         .handle = [&](const Request& request) { return replace_rules(scorecards, request); },
         .parameters = {}},
    };
}

}  // namespace keepwell::api
