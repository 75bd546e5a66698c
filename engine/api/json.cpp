// JSON of a document's facts; every list is bounded by the budgets of engine/pdf.
#include "engine/api/json.h"

#include <nlohmann/json.hpp>

#include <cmath>
#include <map>

namespace ode::api {
namespace {

/// Sizes and boxes to a thousandth of a point: what differs beyond that is arithmetic.
double rounded(double v) { return std::round(v * 1000) / 1000; }

Json box_json(const Rect& r) {
  return Json::array({rounded(r.x0), rounded(r.y0), rounded(r.x1), rounded(r.y1)});
}

Json target_json(const pdf::Target& target) {
  using Kind = pdf::Target::Kind;
  Json json;
  switch (target.kind) {
    case Kind::none:
      json["kind"] = "none";
      break;
    case Kind::uri:
      json["kind"] = "uri";
      break;
    case Kind::file:
      json["kind"] = "file";
      break;
    case Kind::named:
      json["kind"] = "named";
      break;
    case Kind::page:
      json["kind"] = "page";
      json["page"] = target.page;
      if (target.top_left)
        json["top_left"] = Json::array({rounded(target.top_left->x), rounded(target.top_left->y)});
      if (target.zoom) json["zoom"] = rounded(*target.zoom);
      return json;
  }
  if (target.kind != Kind::none) json["text"] = target.text;
  return json;
}

/// Items from `next` on that are deeper than `depth`, as a list of trees. Depth is bounded by kTreeDepthMax.
Json outline_level(const std::vector<pdf::OutlineItem>& items, std::size_t& next, int depth) {
  Json level = Json::array();
  while (next < items.size() && items[next].depth >= depth) {
    const pdf::OutlineItem& item = items[next++];
    Json json;
    json["title"] = item.title;
    json["open"] = item.open;
    json["target"] = target_json(item.target);
    json["children"] = outline_level(items, next, item.depth + 1);
    level.push_back(std::move(json));
  }
  return level;
}

Json page_json(Session& session, int page_index) {
  Json json;
  json["page"] = page_index + 1;
  const auto geometry = session.page_geometry(page_index);
  const auto size = session.page_size(page_index, pdf::PageBox::crop);
  if (!geometry || !size) {
    json["error"] = geometry ? size.error().message : geometry.error().message;
    return json;
  }
  json["label"] = geometry->label;
  json["width_pt"] = rounded(size->width_pt);
  json["height_pt"] = rounded(size->height_pt);
  json["rotate_deg"] = geometry->rotate_deg;
  json["user_unit"] = geometry->user_unit;
  json["media_box"] = box_json(geometry->media_box);
  json["crop_box"] = box_json(geometry->crop_box);
  return json;
}

const char* name_of(pdf::FormField::Kind kind) {
  using Kind = pdf::FormField::Kind;
  switch (kind) {
    case Kind::text:
      return "text";
    case Kind::multiline_text:
      return "multiline_text";
    case Kind::password:
      return "password";
    case Kind::file:
      return "file";
    case Kind::check_box:
      return "check_box";
    case Kind::radio_button:
      return "radio_button";
    case Kind::push_button:
      return "push_button";
    case Kind::combo_box:
      return "combo_box";
    case Kind::list_box:
      return "list_box";
    case Kind::signature:
      break;
  }
  return "signature";
}

/// What is empty or false is left out.
Json field_json(const pdf::FormField& field, int page_index) {
  Json json;
  json["name"] = field.name;
  json["kind"] = name_of(field.kind);
  json["page"] = page_index + 1;
  json["area"] = box_json(field.area);
  if (!field.tooltip.empty()) json["tooltip"] = field.tooltip;
  if (!field.caption.empty()) json["caption"] = field.caption;
  if (!field.values.empty()) json["values"] = field.values;
  for (const pdf::FormOption& option : field.options)
    json["options"].push_back({{"value", option.value}, {"label", option.label}});
  if (!field.on_value.empty()) {
    json["on_value"] = field.on_value;
    json["checked"] = field.checked;
  }
  if (field.max_length > 0) json["max_length"] = field.max_length;
  if (field.required) json["required"] = true;
  if (field.read_only) json["read_only"] = true;
  return json;
}

}  // namespace

Json info_json(Session& session) {
  const pdf::Information info = session.document().information();
  Json json;
  json["pages"] = session.page_count();
  json["pdf_version"] = info.pdf_version;
  json["metadata"] = Json::object();
  for (const auto& entry : info.metadata) json["metadata"][entry.first] = entry.second;
  json["encrypted"] = info.encrypted;
  json["encryption"] = info.encryption;
  json["permissions"] = {{"print", info.may_print},
                         {"copy", info.may_copy},
                         {"change", info.may_change},
                         {"annotate", info.may_annotate}};
  json["tagged"] = info.tagged;
  json["linearized"] = info.linearized;
  json["forms"] = info.has_forms;
  json["javascript"] = info.has_javascript;
  json["diagnostics"] = Json::array();
  if (!info.repair.empty()) json["diagnostics"].push_back({{"kind", "malformed"}, {"message", info.repair}});
  return json;
}

Json pages_json(Session& session) {
  Json json = Json::array();
  for (int i = 0; i < session.page_count(); ++i) json.push_back(page_json(session, i));
  return json;
}

Json outline_json(Session& session) {
  const std::vector<pdf::OutlineItem> items = session.document().outline();
  std::size_t next = 0;
  return outline_level(items, next, 0);
}

Json links_json(Session& session, int page_index) {
  Json json = Json::array();
  for (const pdf::Link& link : session.document().links(page_index)) {
    Json item;
    item["area"] = box_json(link.area);
    item["target"] = target_json(link.target);
    json.push_back(std::move(item));
  }
  return json;
}

Json attachments_json(Session& session) {
  Json json = Json::array();
  for (const pdf::Attachment& a : session.document().attachments()) {
    json.push_back({{"index", a.index},
                    {"name", a.name},
                    {"description", a.description},
                    {"mime_type", a.mime_type},
                    {"size_bytes", a.size_bytes}});
  }
  return json;
}

Json layers_json(Session& session) {
  Json json = Json::array();
  int index = 0;
  for (const pdf::Layer& layer : session.document().layers()) {
    json.push_back(
        {{"index", index++}, {"name", layer.name}, {"visible", layer.visible}, {"object", layer.object}});
  }
  return json;
}

Json fonts_json(Session& session) {
  Json json = Json::array();
  for (const pdf::FontInfo& font : session.document().fonts(0, session.page_count())) {
    json.push_back({{"name", font.name},
                    {"type", font.type},
                    {"encoding", font.encoding},
                    {"embedded", font.embedded},
                    {"subset", font.subset},
                    {"to_unicode", font.has_to_unicode},
                    {"object", font.object}});
  }
  return json;
}

Json fields_json(Session& session) {
  Json json = Json::array();
  for (int i = 0; i < session.page_count(); ++i)
    for (const pdf::FormField& field : session.document().fields(i)) json.push_back(field_json(field, i));
  return json;
}

Json structure_json(Session& session) {
  std::map<std::string, int> counts;
  const pdf::StructureTree tree = session.document().structure();
  for (const pdf::StructureElement& element : tree.elements) ++counts[element.type];
  Json json = Json::object();
  for (const auto& [type, count] : counts) json[type] = count;
  return json;
}

Json diagnostics_json(const Diagnostics& diagnostics) {
  Json json = Json::array();
  for (const Error& d : diagnostics.items()) {
    json.push_back(
        {{"kind", name_of(d.kind)}, {"message", d.message}, {"page", d.page}, {"object", d.object}});
  }
  return json;
}

Json summary_json(Session& session) {
  Json json = info_json(session);
  json["page_list"] = pages_json(session);
  json["outline"] = outline_json(session);
  json["attachments"] = attachments_json(session);
  json["layers"] = layers_json(session);
  json["fonts"] = fonts_json(session);
  json["language"] = session.document().language();
  json["fields"] = fields_json(session);
  json["structure"] = structure_json(session);
  return json;
}

std::string to_text(const Json& json, JsonStyle style) {
  return json.dump(style == JsonStyle::indented ? 2 : -1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace ode::api
