// ObjectStreamsFile: PDFs for tests whose objects are in object streams and whose table is a cross-reference
// stream, each part as right or as wrong as the test wants it.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "tests/support/pdf_builder.h"

namespace ode::testing {

class ObjectStreamsFile {
 public:
  /// Adds an object of its own.
  void object(int number, const std::string& body) {
    put(number, {1, file_.size(), 0});
    file_ += std::to_string(number) + " 0 obj\n" + body + "\nendobj\n";
  }
  void stream(int number, const std::string& entries, const std::string& data) {
    object(number, "<< " + entries + " /Length " + std::to_string(data.size()) + " >>\nstream\n" + data +
                       "\nendstream");
  }
  /// Adds an object stream of these numbers and bodies.
  void object_stream(int number, const std::vector<std::pair<int, std::string>>& objects) {
    std::string header, body;
    for (std::size_t i = 0; i < objects.size(); ++i) {
      header += std::to_string(objects[i].first) + " " + std::to_string(body.size()) + " ";
      body += objects[i].second + "\n";
      put(objects[i].first, {2, static_cast<std::size_t>(number), i});
    }
    stream(number,
           "/Type /ObjStm /N " + std::to_string(objects.size()) + " /First " + std::to_string(header.size()),
           header + body);
  }

  /// All bytes so far: a file that ends before its table.
  const std::string& cut() const { return file_; }
  /// With the table; the index of each compressed object is what `index` makes of the right one.
  template <class Index>
  std::string build(Index index, const std::string& trailer = "/Root 1 0 R") {
    const std::size_t table_at = file_.size();
    const int number = static_cast<int>(rows_.size());
    put(number, {1, table_at, 0});
    std::string rows;
    for (const Row& row : rows_) {
      const std::size_t last = row.type == 2 ? index(row.last) : row.last;
      rows.push_back(static_cast<char>(row.type));
      for (int i = 3; i >= 0; --i) rows.push_back(static_cast<char>(row.middle >> (8 * i)));
      for (int i = 1; i >= 0; --i) rows.push_back(static_cast<char>(last >> (8 * i)));
    }
    stream(number, "/Type /XRef /Size " + std::to_string(number + 1) + " /W [1 4 2] " + trailer, rows);
    return file_ + "startxref\n" + std::to_string(table_at) + "\n%%EOF\n";
  }

 private:
  struct Row {
    int type = 0;
    std::size_t middle = 0, last = 0;
  };
  void put(int number, Row row) {
    if (rows_.size() <= static_cast<std::size_t>(number)) rows_.resize(static_cast<std::size_t>(number) + 1);
    rows_[static_cast<std::size_t>(number)] = row;
  }

  std::string file_ = "%PDF-1.5\n";
  std::vector<Row> rows_;
};

}  // namespace ode::testing
