// Facts of a document as JSON: the schemas are in ode.h. Used by the C interface and `ode info --json`.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "engine/api/session.h"

namespace ode::api {

/// Keys keep the order in which they are written.
using Json = nlohmann::ordered_json;

Json info_json(Session& session);
Json pages_json(Session& session);
Json outline_json(Session& session);
Json links_json(Session& session, int page_index);
Json attachments_json(Session& session);
Json layers_json(Session& session);
Json fonts_json(Session& session);
/// Those of all pages.
Json fields_json(Session& session);
/// How many elements there are of each type, {"H1": 3, "P": 40}; {} for documents without structure.
Json structure_json(Session& session);
Json diagnostics_json(const Diagnostics& diagnostics);

/// Everything `ode info` tells: info with "page_list", "outline", "attachments", "layers", "fonts", "language",
/// "fields" and "structure".
Json summary_json(Session& session);

enum class JsonStyle : std::uint8_t { compact, indented };
/// UTF-8; bytes that are not are replaced by U+FFFD.
std::string to_text(const Json& json, JsonStyle style);

}  // namespace ode::api
