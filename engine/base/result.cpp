#include "engine/base/result.h"

namespace ode {

const char* name_of(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::malformed: return "malformed";
    case ErrorKind::unsupported: return "unsupported";
    case ErrorKind::encrypted: return "encrypted";
    case ErrorKind::limit_exceeded: return "limit_exceeded";
    case ErrorKind::cancelled: return "cancelled";
    case ErrorKind::io: return "io";
    case ErrorKind::internal: return "internal";
  }
  return "internal";
}

std::string to_string(const Error& error) {
  std::string text = std::string(name_of(error.kind)) + ": " + error.message;
  if (error.page == 0 && error.object == 0) return text;
  text += " (";
  if (error.page != 0) text += "page " + std::to_string(error.page);
  if (error.page != 0 && error.object != 0) text += ", ";
  if (error.object != 0) text += "object " + std::to_string(error.object);
  return text + ")";
}

}  // namespace ode
