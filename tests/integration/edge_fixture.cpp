#include "tests/integration/edge_fixture.hpp"

#include <fstream>
#include <thread>

namespace keepwell::testing {
namespace {

using api::Access;
using api::Audited;
using api::Body;
using api::Idempotent;
using api::Method;
using api::Request;
using api::Response;
using api::Route;
using api::Runs;

Response text(std::string body) {
    Response response;
    response.content_type = "text/plain";
    response.body = std::move(body);
    return response;
}

std::size_t number(const Request& request, std::string_view name) {
    return std::stoul(request.parameter(name).value_or("0"));
}

Response tagged(const Request& request) {
    return text(request.segments.at(1) + std::string(number(request, "pad"), '.'));
}

Response decoded(const Request& request) {
    std::string all = request.path;
    for (const auto& segment : request.segments) {
        all.append("|").append(segment);
    }
    for (const auto& [name, value] : request.query) {
        all.append("&").append(name).append("=").append(value);
    }
    return text(all);
}

Response upload(const Request& request) {
    if (!request.spilled) {
        return text("memory " + std::to_string(request.body.size()));
    }
    return text("file " + std::to_string(std::filesystem::file_size(request.spilled->path())));
}

Route row(Method method, Body body, Runs runs, api::Handler handle) {
    return Route{
        method, "", Access::kPublic, Audited::kNo, Idempotent::kByNature, body, runs, std::move(handle), {}};
}

Route get_row(api::Handler handle, Runs runs = Runs::kInline) {
    return row(Method::kGet, Body::kNone, runs, std::move(handle));
}

}  // namespace

EdgeServer::EdgeServer(api::Limits limits, int io_threads, int waiting_threads) {
    static const std::string fixed(300'000, 'f');
    const auto echo = [](const Request& request) { return text(request.body); };
    const auto file_path = file();
    routes_ = {
        {"hello", get_row([](const Request&) { return text("hello"); })},
        {"hello",
         row(Method::kDelete, Body::kNone, Runs::kInline, [](const Request&) { return text("gone"); })},
        {"tag", get_row(tagged)},
        {"wait", get_row(tagged, Runs::kWaits)},
        {"sleep", get_row(
                      [](const Request& request) {
                          std::this_thread::sleep_for(std::chrono::milliseconds(number(request, "ms")));
                          return text("slept");
                      },
                      Runs::kWaits)},
        {"big",
         get_row([](const Request& request) { return text(std::string(number(request, "mb") << 20, 'b')); })},
        {"text", get_row([](const Request&) {
             std::string words;
             while (words.size() < 6'000) {
                 words.append("all work and no play ");
             }
             return text(words);
         })},
        {"fixed", get_row([](const Request&) {
             Response response = text("");
             response.fixed_body = fixed;
             response.compressible = false;
             return response;
         })},
        {"file", get_row([file_path](const Request&) {
             Response response;
             response.content_type = "application/octet-stream";
             response.file = file_path;
             return response;
         })},
        {"empty", get_row([](const Request&) {
             Response response = text("never sent");
             response.status = 204;
             return response;
         })},
        {"split", get_row([](const Request&) {
             Response response = text("split");
             response.headers = {
                 {"X-Evil", "a\r\nSet-Cookie: b"}, {"X-Bad Name", "c"}, {"Content-Length", "999"}};
             return response;
         })},
        {"target", get_row(decoded)},
        {"json", row(Method::kPost, Body::kJson, Runs::kInline, echo)},
        {"json", row(Method::kPut, Body::kJson, Runs::kWaits, echo)},
        {"batch", row(Method::kPost, Body::kBatch, Runs::kInline, echo)},
        {"upload", row(Method::kPost, Body::kUpload, Runs::kWaits, upload)},
    };
    api::HttpServer::Options options;
    options.port = 0;
    options.io_threads = io_threads;
    options.waiting_threads = waiting_threads;
    options.spill_folder = folder_.path();
    options.limits = limits;
    server_ = std::make_unique<api::HttpServer>(options, hooks());
}

EdgeServer::~EdgeServer() = default;

api::HttpHooks EdgeServer::hooks() {
    return {
        .match = [this](Request& request) { return match(request); },
        .respond =
            [](const Route* route, const Request& request, const std::vector<Method>& allowed) {
                if (route != nullptr) {
                    return route->handle(request);
                }
                Response response = text("no row");
                const int otherwise = request.method == Method::kOptions ? 204 : 405;
                response.status = allowed.empty() ? 404 : otherwise;
                return response;
            },
        .refuse =
            [](int status, std::string_view detail) {
                Response response = text(std::string(detail));
                response.status = status;
                return response;
            },
    };
}

api::HttpHooks::Match EdgeServer::match(const Request& request) const {
    api::HttpHooks::Match found;
    for (const auto& [first, route] : routes_) {
        if (!request.segments.empty() && request.segments[0] == first) {
            if (route.method == request.method) {
                found.route = &route;
            }
            found.allowed.push_back(route.method);
        }
    }
    if (found.route != nullptr) {
        found.allowed.clear();
    }
    return found;
}

}  // namespace keepwell::testing
