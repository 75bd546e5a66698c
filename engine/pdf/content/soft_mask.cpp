// Soft masks: ISO 32000-2, 11.6.5.2. The group is recorded when the mask is set, under the CTM of that
// moment. Words that are seen because a mask has their shape are text of the page: they are told where the mask is set,
// as glyphs that are not drawn.
#include <utility>

#include "engine/pdf/content/interpreter.h"
#include "engine/pdf/objects/read.h"
#include "engine/pdf/shadings/shading.h"

namespace ode::pdf {
namespace {

constexpr std::size_t kMasksKept = 16;

// /BC is in the group's colour space; without one its count of components tells the device space.
display::Rgb backdrop_of(ContentInterpreter& in, const Object& mask, const Form& form) {
  const std::vector<double> components =
      numbers_of(entry(mask, "BC"), static_cast<std::size_t>(kComponentsMax));
  std::shared_ptr<const ColorSpace> space;
  if (!form.color_space.isNull() && !form.color_space.isNone()) {
    auto parsed = ColorSpace::parse(in.session.context, form.color_space, &in.frame.resources);
    if (parsed) space = std::move(parsed).value();
  }
  if (components.empty()) return {};
  if (space == nullptr) {
    space = components.size() == 4   ? ColorSpace::device_cmyk()
            : components.size() == 3 ? ColorSpace::device_rgb()
                                     : ColorSpace::device_gray();
  }
  if (space->components() != static_cast<int>(components.size())) return {};
  return quantize(space->to_rgb(components));
}

std::shared_ptr<const display::DisplayList> record_group(ContentInterpreter& in, const Form& form,
                                                         Rect& bounds) {
  Recorder recorder(in.session);
  const bool in_mask = std::exchange(in.session.in_mask, true);
  ContentInterpreter holder(recorder, in.frame, in.state.page_from_user);
  constexpr Rect kEverywhere{-1e6, -1e6, 1e6, 1e6};
  holder.state = initial_state(in.state.page_from_user, kEverywhere);
  draw_form_contents(holder, form, FormUse::whole);
  in.session.in_mask = in_mask;
  const Matrix page_from_form = in.state.page_from_user * form.matrix;
  bounds = form.bbox ? page_from_form.apply(*form.bbox) : kEverywhere;
  return recorder.finish(bounds, {});
}

Result<std::shared_ptr<const Form>> group_of(ContentInterpreter& in, const Object& dictionary) {
  const Ref ref = entry_ref(dictionary, "G");
  if (auto known = in.session.cache.forms.find(ref)) return known;
  return load_form(in.session, entry(dictionary, "G"), ref);
}

Result<display::SoftMask> record_mask(ContentInterpreter& in, const Object& dictionary) {
  const std::shared_ptr<const Form> form = ODE_TRY(group_of(in, dictionary));
  display::SoftMask mask;
  mask.kind = name_of(entry(dictionary, "S")) == "Luminosity" ? display::SoftMask::Kind::luminosity
                                                              : display::SoftMask::Kind::alpha;
  if (mask.kind == display::SoftMask::Kind::luminosity) mask.backdrop = backdrop_of(in, dictionary, *form);
  const Object transfer = entry(dictionary, "TR");
  for (std::size_t i = 0; i < mask.transfer.size(); ++i) mask.transfer[i] = static_cast<std::uint8_t>(i);
  if (!transfer.isNull() && !transfer.isName()) mask.transfer = load_transfer(in.session.context, transfer);
  mask.group = record_group(in, *form, mask.bounds);
  return mask;
}

/// Most masks are a picture or a gradient: what has resources of its own, but neither fonts nor forms, has no text.
bool may_have_text(const Object& group) {
  const Object resources = entry(group, "Resources");
  return !resources.isDict() || !raw_entry(resources, "Font").isNull() ||
         !raw_entry(resources, "XObject").isNull();
}

void tell_text(ContentInterpreter& in, const Object& dictionary) {
  if (in.hidden > 0 || in.session.in_mask || !may_have_text(entry(dictionary, "G"))) return;
  const Matrix& m = in.state.page_from_user;
  const std::array<double, 6> place = {m.a, m.b, m.c, m.d, m.e, m.f};
  if (!in.session.told_masks.emplace(key_of(entry_ref(dictionary, "G")), place).second) return;
  const auto form = group_of(in, dictionary);
  if (!form) return in.session.complain(form.error());
  const bool unseen = std::exchange(in.session.unseen, true);
  const bool text_only = std::exchange(in.session.text_only, true);
  ContentInterpreter holder(in.recorder, in.frame, in.state.page_from_user);
  holder.state = initial_state(in.state.page_from_user, in.state.clip_bounds);
  draw_form_contents(holder, **form, FormUse::whole);
  in.session.unseen = unseen;
  in.session.text_only = text_only;
}

}  // namespace

void set_soft_mask(ContentInterpreter& in, const Object& entry) {
  if (in.session.text_only) {
    const Object dictionary = entry.isRef() ? entry.fetch(in.session.context.xref()) : entry.copy();
    if (dictionary.isDict()) tell_text(in, dictionary);
    return;
  }
  const Object dictionary = entry.isRef() ? entry.fetch(in.session.context.xref()) : entry.copy();
  if (!dictionary.isDict()) {  // /None
    in.state.clip = in.recorder.without_mask(in.state.clip);
    return;
  }
  // Addresses of this machine have their top bit clear, keys of references their object number's: no two are
  // alike.
  const std::uint64_t key = entry.isRef() ? key_of(entry.getRef()) | std::uint64_t{1} << 63
                                          : reinterpret_cast<std::uintptr_t>(dictionary.getDict());
  std::vector<Session::MaskUse>& known = in.session.masks;
  for (std::size_t i = known.size(); i-- > 0;) {
    if (known[i].key != key || known[i].page_from_user != in.state.page_from_user) continue;
    in.state.clip = in.recorder.clip_mask(in.state.clip, in.recorder.add_mask(known[i].mask));
    return;
  }
  Result<display::SoftMask> mask = record_mask(in, dictionary);
  if (!mask) return in.session.complain(mask.error());
  if (in.session.stopped()) return;
  if (!mask->group->runs.empty() || !mask->group->masks.empty()) tell_text(in, dictionary);
  in.state.clip = in.recorder.clip_mask(in.state.clip, in.recorder.add_mask(*mask));
  if (known.size() >= kMasksKept) known.erase(known.begin());
  known.push_back({dictionary.copy(), key, in.state.page_from_user, std::move(mask).value()});
}

}  // namespace ode::pdf
