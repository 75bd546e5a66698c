// What lies beside the text of a page: the notes of its annotations, as elements over the places they are about, and the
// files attached to the document, as links that save them.
#pragma once

#include <string>
#include <vector>

#include "engine/pdf/document/note.h"

namespace ode::exporter {

/// An element under the page's text, so that it can be selected, with the note for screen readers and for who points at it.
void append_note(std::string& out, const pdf::Note& note, const Matrix& screen_from_page);

struct HtmlAttachment {
  std::string name, description;  ///< UTF-8
  std::string url;                ///< data: or of a file beside the document; empty: it could not be passed on
};

/// A navigation element that can be opened; nothing when there are none.
void append_attachments(std::string& out, const std::vector<HtmlAttachment>& attachments);

}  // namespace ode::exporter
