#pragma once

#include <span>
#include <string>
#include <utility>

#include "api/route.hpp"
#include "services/json_writer.hpp"
#include "services/rejected_item.hpp"

namespace keepwell::api {

/// `{"success":true,"data":…}` around what `write_data` writes.
template <typename WriteData>
Response data_answer(WriteData&& write_data, int status = 200) {
    JsonWriter json;
    json.begin_object().member("success", true).key("data");
    write_data(json);
    json.end_object();
    return {.status = status, .body = json.take()};
}

/// 204: done, and there is nothing to say.
inline Response no_content() {
    Response response;
    response.status = 204;
    return response;
}

inline void write_rejected(JsonWriter& json, std::string_view name, std::span<const RejectedItem> items) {
    json.key(name).begin_array();
    for (const RejectedItem& item : items) {
        json.begin_object().member("index", item.index).member("code", item.code);
        json.member("pointer", item.pointer).member("message", item.message).end_object();
    }
    json.end_array();
}

}  // namespace keepwell::api
