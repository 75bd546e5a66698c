#include "engine/pdf/content/recording_cache.h"

#include <algorithm>

namespace ode::pdf {
namespace {

constexpr std::size_t kFormBytesMax = std::size_t{4} << 20;
constexpr std::size_t kFormsMax = 2048;
constexpr std::size_t kCellBytesMax = std::size_t{4} << 20;
constexpr std::size_t kType3FontsMax = 128;

// What a form holds besides its contents, roughly.
std::size_t cost_of(const Form& form) { return form.content.size() + 512; }

}  // namespace

std::shared_ptr<const Form> FormCache::find(Ref ref) {
  const auto it = forms_.find(key_of(ref));
  if (it == forms_.end()) return nullptr;
  it->second.used = ++clock_;
  return it->second.form;
}

void FormCache::insert(std::shared_ptr<const Form> form) {
  const std::uint64_t key = key_of(form->ref);
  if (key == 0 || cost_of(*form) > kFormBytesMax / 2 || forms_.count(key) != 0) return;
  bytes_ += cost_of(*form);
  forms_.emplace(key, Entry{std::move(form), ++clock_});
  while (bytes_ > kFormBytesMax || forms_.size() > kFormsMax) {
    const auto oldest = std::min_element(forms_.begin(), forms_.end(), [](const auto& a, const auto& b) {
      return a.second.used < b.second.used;
    });
    bytes_ -= cost_of(*oldest->second.form);
    forms_.erase(oldest);
  }
}

std::shared_ptr<const Cell> RecordingCache::find_cell(CellKey key) const {
  const auto it = cells_.find(key);
  return it != cells_.end() ? it->second : nullptr;
}

void RecordingCache::insert_cell(CellKey key, std::shared_ptr<const Cell> cell) {
  if (key.first == 0) return;
  const std::size_t bytes = display::memory_bytes(*cell->list);
  if (bytes > kCellBytesMax / 2) return;
  if (cell_bytes_ + bytes > kCellBytesMax) cells_.clear(), cell_bytes_ = 0;
  if (cells_.emplace(key, std::move(cell)).second) cell_bytes_ += bytes;
}

std::shared_ptr<Type3Glyphs> RecordingCache::type3(const std::shared_ptr<const Font>& font) {
  const auto it = type3_.find(font.get());
  if (it != type3_.end()) return it->second;
  if (type3_.size() >= kType3FontsMax) type3_.clear();
  auto glyphs = std::make_shared<Type3Glyphs>();
  glyphs->font = font;  // keeps the address, which is the key, from being used again
  return type3_.emplace(font.get(), std::move(glyphs)).first->second;
}

}  // namespace ode::pdf
