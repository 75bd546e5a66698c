// A document and what is to be done with it, as a request brings them: raw body or multipart form.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <variant>

#include "server/handlers/context.h"

namespace ode::server {

struct Intake {
  std::string name;    ///< of the document, as its sender calls it; UTF-8, no path
  std::string sha256;  ///< of the document
  std::int64_t bytes = 0;
  std::map<std::string, std::string> fields;  ///< the query's and the form's; the form's win
};

/// Reads the body to its end; the document goes into `sink`. The document is the raw body, or the form's part
/// with a file name. An answer instead where there is none, or it is too large.
std::variant<Intake, Response> take_document(const Context& context, Request& request, const BlobSink& sink);

/// The document of a request as a blob of its tenant; the fields as above.
struct StoredIntake {
  Intake intake;
  std::string blob;
};
std::variant<StoredIntake, Response> store_document(Context& context, Request& request);

/// Takes a field out; nullopt: it is not there.
std::optional<std::string> take_field(std::map<std::string, std::string>& fields, const std::string& name);

}  // namespace ode::server
