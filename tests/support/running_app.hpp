#pragma once

#include <rapidjson/document.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "api/app.hpp"
#include "tests/support/http_client.hpp"

namespace keepwell::testing {

/// The whole program on a free port, with files in a folder of its own. SQLite unless a URL says otherwise.
class RunningApp {
public:
    explicit RunningApp(std::optional<std::string> database_url = {}, api::Config config = {});

    Reply get(std::string_view target, std::string_view headers = "") const;
    Reply post(std::string_view target, std::string_view body = "", std::string_view headers = "") const;
    /// As `curl -F file=@name`. Waits for the result when the answer is 202.
    Reply upload(std::string_view filename, std::string_view content, std::string_view query = "") const;

    api::App& app() { return *app_; }
    std::uint16_t port() const { return app_->port(); }
    const std::filesystem::path& folder() const { return folder_.path(); }

private:
    TemporaryFolder folder_;
    std::unique_ptr<api::App> app_;
};

/// What the server would have answered had the import been quicker: on a busy machine any upload may be
/// answered with 202. Others are returned as they are.
Reply with_result(std::uint16_t port, const Reply& accepted);
/// Throws when the body is not JSON.
rapidjson::Document json_of(const Reply& reply);
/// Five accounts on three days in the documented format, and the scores that the documents name.
extern const std::string kSampleCsv;

}  // namespace keepwell::testing
