// PdfBuilder: tiny PDFs for tests, assembled from readable strings. Objects are written in the order they are
// added; header, cross-reference table and trailer are made by build().
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/bytes.h"

namespace ode::testing {

/// Usage:
///   PdfBuilder pdf;
///   int font = pdf.object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
///   pdf.page("BT /F1 12 Tf (Hi) Tj ET", "/Resources << /Font << /F1 " + pdf.ref(font) + " >> >>");
///   SharedBytes bytes = pdf.bytes();
class PdfBuilder {
 public:
  /// Adds an object, returns its number. `body` is what stands between "obj" and "endobj".
  int object(std::string body) {
    bodies_[next_] = std::move(body);
    return next_++;
  }
  /// Keeps a number for an object that refers to later ones; give its body with define().
  int reserve() { return next_++; }
  void define(int number, std::string body) { bodies_[number] = std::move(body); }

  /// Adds a stream; /Length is written here, `entries` are the other entries of its dictionary.
  int stream(std::string_view data, const std::string& entries = "") {
    return object(stream_body(data, entries));
  }
  void define_stream(int number, std::string_view data, const std::string& entries = "") {
    define(number, stream_body(data, entries));
  }

  /// Adds a page with its contents. `entries` are further entries of the page dictionary, such as /Resources
  /// or a /MediaBox of its own (the default, [0 0 200 200], is inherited from the page tree). Returns the
  /// page's number.
  int page(std::string_view contents, const std::string& entries = "") {
    return page_with("/Contents " + ref(stream(contents)) + " " + entries);
  }
  /// Adds a page whose dictionary has just these entries, besides /Type and /Parent.
  int page_with(const std::string& entries) {
    const int number = object("<< /Type /Page /Parent 2 0 R " + entries + " >>");
    pages_.push_back(number);
    return number;
  }

  /// Further entries of the catalog, the page tree's root and the trailer.
  void catalog(const std::string& entries) { catalog_ += entries + " "; }
  void page_tree(const std::string& entries) { page_tree_ += entries + " "; }
  void trailer(const std::string& entries) { trailer_ += entries + " "; }

  static std::string ref(int number) { return std::to_string(number) + " 0 R"; }

  std::string build() const {
    std::map<int, std::string> all = bodies_;
    all[1] = "<< /Type /Catalog /Pages 2 0 R " + catalog_ + ">>";
    std::string kids;
    for (int page : pages_) kids += ref(page) + " ";
    const std::string box =
        page_tree_.find("/MediaBox") == std::string::npos ? "/MediaBox [0 0 200 200] " : "";
    all[2] = "<< /Type /Pages /Count " + std::to_string(pages_.size()) + " /Kids [" + kids + "] " + box +
             page_tree_ + ">>";

    std::string out = "%PDF-1.7\n%\xE2\xE3\xCF\xD3\n";
    std::vector<std::size_t> offsets(static_cast<std::size_t>(next_), 0);
    for (const auto& [number, body] : all) {
      offsets[static_cast<std::size_t>(number)] = out.size();
      out += std::to_string(number) + " 0 obj\n" + body + "\nendobj\n";
    }
    const std::size_t xref_offset = out.size();
    out += "xref\n0 " + std::to_string(next_) + "\n0000000000 65535 f \n";
    for (int i = 1; i < next_; ++i) {
      const std::size_t offset = offsets[static_cast<std::size_t>(i)];
      const std::string digits = std::to_string(offset);
      out += std::string(10 - digits.size(), '0') + digits + (offset != 0 ? " 00000 n \n" : " 65535 f \n");
    }
    out += "trailer\n<< /Size " + std::to_string(next_) + " /Root 1 0 R " + trailer_ + ">>\nstartxref\n" +
           std::to_string(xref_offset) + "\n%%EOF\n";
    return out;
  }
  SharedBytes bytes() const { return to_bytes(build()); }

  static SharedBytes to_bytes(std::string_view chars) {
    const ByteView view = as_byte_view(chars);
    return SharedBytes(ByteVector(view.begin(), view.end()));
  }

 private:
  static std::string stream_body(std::string_view data, const std::string& entries) {
    return "<< /Length " + std::to_string(data.size()) + " " + entries + " >>\nstream\n" + std::string(data) +
           "\nendstream";
  }

  std::map<int, std::string> bodies_;
  std::vector<int> pages_;
  std::string catalog_, page_tree_, trailer_;
  int next_ = 3;  // 1 is the catalog, 2 the page tree
};

}  // namespace ode::testing
