#include "server/jobs/sql_text.h"

#include "server/base/text.h"
#include "server/jobs/database.h"

namespace ode::server {

std::string in_dialect(std::string_view sql, const SqlDialect& dialect) {
  const std::pair<std::string_view, const char*> words[] = {{":now", dialect.now},
                                                            {":skip_locked", dialect.skip_locked},
                                                            {":bytes", dialect.bytes},
                                                            {":serial", dialect.serial}};
  std::string out;
  while (!sql.empty()) {
    bool replaced = false;
    for (const auto& [word, text] : words) {
      if (sql.rfind(word, 0) != 0) continue;
      out += text;
      sql.remove_prefix(word.size());
      replaced = true;
      break;
    }
    if (replaced) continue;
    out.push_back(sql.front());
    sql.remove_prefix(1);
  }
  return out;
}

std::string SqlRow::text(std::size_t column) const {
  if (const auto* text = std::get_if<std::string>(&values[column])) return *text;
  if (const auto* integer = std::get_if<std::int64_t>(&values[column])) return std::to_string(*integer);
  return {};
}

std::int64_t SqlRow::integer(std::size_t column) const {
  if (const auto* integer = std::get_if<std::int64_t>(&values[column])) return *integer;
  if (const auto* text = std::get_if<std::string>(&values[column])) return to_integer(*text).value_or(0);
  return 0;
}

}  // namespace ode::server
