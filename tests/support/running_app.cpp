#include "tests/support/running_app.hpp"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <stdexcept>

namespace keepwell::testing {

const std::string kSampleCsv =
    "account_name,segment,region,arr,date,daily_active_users,feature_adoption_rate,support_tickets_open,nps_score,"
    "login_frequency\n"
    "Acme Corp,Enterprise,US,500000,2024-10-01,150,0.75,2,50,0.85\n"
    "Acme Corp,Enterprise,US,500000,2024-10-02,145,0.76,3,50,0.82\n"
    "Acme Corp,Enterprise,US,500000,2024-10-03,160,0.78,2,55,0.88\n"
    "TechStart Inc,SMB,EU,50000,2024-10-01,15,0.45,8,20,0.35\n"
    "TechStart Inc,SMB,EU,50000,2024-10-02,12,0.42,10,-10,0.30\n"
    "TechStart Inc,SMB,EU,50000,2024-10-03,10,0.40,12,-15,0.28\n"
    "Global Solutions,Mid-Market,APAC,200000,2024-10-01,80,0.65,4,40,0.70\n"
    "Global Solutions,Mid-Market,APAC,200000,2024-10-02,85,0.68,3,45,0.72\n"
    "Global Solutions,Mid-Market,APAC,200000,2024-10-03,90,0.70,2,50,0.75\n"
    "DataFlow Systems,Enterprise,US,750000,2024-10-01,200,0.85,1,70,0.92\n"
    "DataFlow Systems,Enterprise,US,750000,2024-10-02,210,0.87,0,75,0.94\n"
    "DataFlow Systems,Enterprise,US,750000,2024-10-03,220,0.88,1,80,0.95\n"
    "SmartBiz Co,SMB,US,35000,2024-10-01,8,0.30,15,-30,0.20\n"
    "SmartBiz Co,SMB,US,35000,2024-10-02,6,0.28,18,-35,0.18\n"
    "SmartBiz Co,SMB,US,35000,2024-10-03,5,0.25,20,-40,0.15\n";

RunningApp::RunningApp(std::optional<std::string> database_url, api::Config config) {
    config.api_port = 0;
    config.data_dir = (folder_.path() / "files").string();
    config.database_url = database_url.value_or("sqlite:///" + (folder_.path() / "keepwell.db").string());
    app_ = std::make_unique<api::App>(config);
    app_->serve();
}

Reply RunningApp::get(std::string_view target, std::string_view headers) const {
    std::string request = "GET ";
    request.append(target).append(" HTTP/1.1\r\nHost: localhost\r\n").append(headers).append("\r\n");
    return ask(port(), request);
}

Reply RunningApp::post(std::string_view target, std::string_view body, std::string_view headers) const {
    std::string request = "POST ";
    request.append(target).append(" HTTP/1.1\r\nHost: localhost\r\nContent-Length: ").append(std::to_string(body.size()));
    return ask(port(), request.append("\r\n").append(headers).append("\r\n").append(body));
}

Reply RunningApp::upload(std::string_view filename, std::string_view content, std::string_view query) const {
    std::string body = "--frontier\r\nContent-Disposition: form-data; name=\"file\"; filename=\"";
    body.append(filename).append("\"\r\nContent-Type: text/csv\r\n\r\n").append(content).append("\r\n--frontier--\r\n");
    return with_result(port(), post("/ingest/csv" + std::string{query}, body,
                                    "Content-Type: multipart/form-data; boundary=frontier\r\n"));
}

Reply with_result(std::uint16_t port, const Reply& accepted) {
    if (accepted.status != 202) return accepted;
    const std::string request = "GET " + accepted.header("location") + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
    Reply result;
    eventually(
        [&] {
            const auto job = json_of(ask(port, request));
            const std::string status = job["status"].GetString();
            if (status != "succeeded") return status == "failed" || status == "dead";
            rapidjson::StringBuffer text;
            rapidjson::Writer<rapidjson::StringBuffer> writer(text);
            job["result"].Accept(writer);
            result = {.status = 200, .headers = accepted.headers, .body = text.GetString()};
            return true;
        },
        std::chrono::minutes(2));
    return result;
}

rapidjson::Document json_of(const Reply& reply) {
    rapidjson::Document document;
    document.Parse(reply.body.c_str(), reply.body.size());
    if (document.HasParseError()) throw std::runtime_error("no JSON: " + reply.body.substr(0, 200));
    return document;
}

}  // namespace keepwell::testing
