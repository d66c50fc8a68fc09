-- One event per request, each with a message_id of its own. Arguments: the ids of customers.
local bodies = {
  '{"event_type":"api_call","event_data":{"endpoint":"/v1/orders","status_code":200},"message_id":"%s"}',
  '{"event_type":"login","event_data":{"ip_address":"203.0.113.7","user":"Aiko Tanaka"},"message_id":"%s"}',
  '{"event_type":"feature_use","event_data":{"feature_name":"exports"},"message_id":"%s"}',
  '{"event_type":"page_view","event_data":{"path":"/reports"},"message_id":"%s"}',
}
local headers = { ["Content-Type"] = "application/json" }
local paths = {}
local count = 0
local name

function init(arguments)
  for _, id in ipairs(arguments) do
    paths[#paths + 1] = "/api/customers/" .. id .. "/events"
  end
  name = "wrk-" .. os.time() .. "-"
end

function request()
  count = count + 1
  local body = string.format(bodies[count % #bodies + 1], name .. count)
  return wrk.format("POST", paths[count % #paths + 1], headers, body)
end
