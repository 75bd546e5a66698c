// Session: what all interpreters of one page share: the budgets, what stopped the recording, which forms are
// being drawn. Lives as long as record().
#pragma once

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/pdf/content/optional_content.h"
#include "engine/pdf/content/recording_cache.h"
#include "engine/pdf/fonts/font.h"
#include "engine/pdf/objects/context.h"

namespace ode::pdf {

/// The resources of one content stream and what was made of them by name.
struct ResourceFrame {
  ResourceFrame(Object dict, const ResourceFrame* outer_frame, ObjectStreams* streams)
      : resources(std::move(dict), outer_frame != nullptr ? &outer_frame->resources : nullptr, streams) {}
  Resources resources;
  std::unordered_map<std::string, std::shared_ptr<const Font>> fonts;
  std::unordered_map<std::string, std::shared_ptr<const ColorSpace>> color_spaces;
};

class Recorder;

struct Session {
  explicit Session(Context& of) : context(of), cache(*of.recording), optional_content(of) {}
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  Context& context;
  RecordingCache& cache;
  OptionalContent optional_content;
  bool text_only = false;             ///< RecordPurpose::text
  const Recorder* layered = nullptr;  ///< records what is hidden, too, with its visibility; null: nobody does
  std::optional<Error> failure;       ///< limit_exceeded or cancelled: everything returns at once
  int depth = 0;                      ///< forms, cells, glyph procedures and masks around what is interpreted
  std::vector<std::uint64_t> active;  ///< their keys, against recursion
  std::int64_t color_operators =
      0;  ///< executed so far: tells which glyph procedures bring their own colours
  /// Soft masks set on this page, for states that set the same one again and again.
  struct MaskUse {
    Object dictionary;      ///< keeps the address in `key` taken
    std::uint64_t key = 0;  ///< of the reference, or the address of a direct dictionary
    Matrix page_from_user;
    display::SoftMask mask;
  };
  std::vector<MaskUse> masks;
  /// Of groups of soft masks whose text was told: the group, and the CTM it was told under.
  std::set<std::pair<std::uint64_t, std::array<double, 6>>> told_masks;
  bool unseen = false;   ///< what is interpreted is told and not drawn
  bool cut_text = false;  ///< text that its clip hides is not told: of form fields
  bool in_mask = false;  ///< a soft mask is being recorded, whose text is told apart
  /// Frames of forms, by the form and the frame it was met in.
  std::map<std::pair<std::uint64_t, const ResourceFrame*>, std::unique_ptr<ResourceFrame>> frames;

  bool stopped() const { return failure.has_value(); }
  void stop(ErrorKind kind, std::string message) {
    if (!failure) failure = context.fail(kind, std::move(message));
  }
  /// Spends `amount` of a budget of PageBudget; stops the recording when it runs out.
  void charge(std::int64_t& budget, std::int64_t amount, const char* what) {
    budget -= amount;
    if (budget < 0) stop(ErrorKind::limit_exceeded, std::string("too many ") + what + " on one page");
  }
  void complain(ErrorKind kind, std::string message, int object = 0) {
    context.complain(kind, std::move(message), object);
  }
  void complain(const Error& error) {
    if (error.kind == ErrorKind::cancelled) return stop(error.kind, error.message);
    context.complain(error.kind, error.message, error.object);
  }
};

/// Marks an object as being drawn while it lives. `entered` is false for recursion and beyond kFormDepthMax:
/// then the object is not to be drawn (a diagnostic says so).
class Nesting {
 public:
  Nesting(Session& session, Ref ref) : session_(session) {
    const std::uint64_t key = key_of(ref);
    const bool known =
        key != 0 && std::find(session.active.begin(), session.active.end(), key) != session.active.end();
    if (known || session.depth >= kFormDepthMax) {
      session.complain(known ? ErrorKind::malformed : ErrorKind::limit_exceeded,
                       known ? "an object draws itself" : "forms are nested too deeply",
                       std::max(ref.num, 0));
      return;
    }
    // Setting a form up costs as much as some dozen operators: forms in forms in forms must not outlast the
    // budget.
    session.charge(session.context.budget.operators, kOperatorsPerForm, "operators");
    ++session.depth;
    session.active.push_back(key);
    entered_ = true;
  }
  ~Nesting() {
    if (!entered_) return;
    --session_.depth;
    session_.active.pop_back();
  }
  Nesting(const Nesting&) = delete;
  Nesting& operator=(const Nesting&) = delete;
  bool entered() const { return entered_; }

 private:
  static constexpr std::int64_t kOperatorsPerForm = 16;
  Session& session_;
  bool entered_ = false;
};

}  // namespace ode::pdf
