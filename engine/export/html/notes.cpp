#include "engine/export/html/notes.h"

#include "engine/export/markup.h"

namespace ode::exporter {
namespace {

/// Without folders: browsers take such names apart, each in its own way.
std::string file_name_of(const std::string& name) {
  const std::string last = name.substr(name.find_last_of("/\\") + 1);
  return last.empty() ? "attachment" : last;
}

}  // namespace

void append_note(std::string& out, const pdf::Note& note, const Matrix& screen_from_page) {
  out += "<div class=n role=note title=\"";
  append_escaped(out, note.author.empty() ? note.text : note.author + ": " + note.text);
  out += "\" style=\"";
  append_place(out, screen_from_page.apply(note.area));
  out += "\"></div>\n";
}

void append_attachments(std::string& out, const std::vector<HtmlAttachment>& attachments) {
  if (attachments.empty()) return;
  out += "<nav aria-label=Attachments><details><summary>Attachments</summary>\n<ul>";
  for (const HtmlAttachment& attachment : attachments) {
    const std::string name = file_name_of(attachment.name);
    out += "\n<li>";
    if (!attachment.url.empty()) {
      out += "<a download=\"";
      append_escaped(out, name);
      out += "\" href=\"";
      append_escaped(out, attachment.url);
      out += "\">";
    }
    append_escaped(out, name);
    if (!attachment.url.empty()) out += "</a>";
    if (!attachment.description.empty() && attachment.description != attachment.name) {
      out += " \xE2\x80\x93 ";
      append_escaped(out, attachment.description);
    }
    out += "</li>";
  }
  out += "</ul>\n</details></nav>\n";
}

}  // namespace ode::exporter
