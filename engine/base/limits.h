// Every budget against hostile input, in one place. Each has a test in tests/hostile. Passing one is an Error of kind
// limit_exceeded, or a diagnostic where the rest of the page can still be drawn.
#pragma once

#include <cstddef>
#include <cstdint>

namespace ode {

// Documents and objects
inline constexpr std::size_t kDocumentBytesMax = std::size_t{2} << 30;      ///< a larger file is refused
inline constexpr int kPagesMax = 1'000'000;                                 ///< pages of one document
inline constexpr int kObjectNestingMax = 64;                                ///< arrays in dictionaries in arrays …
inline constexpr int kTreeDepthMax = 64;                                    ///< outline, name and number trees
inline constexpr int kTreeNodesMax = 200'000;                               ///< nodes read from one such tree
inline constexpr std::size_t kDiagnosticsMax = 64;                          ///< kept per page
inline constexpr std::uint64_t kRepairObjectsMax = 8'388'607;               ///< highest object number that repair believes (ISO 32000-1, annex C)
inline constexpr std::size_t kRepairBytesMax = std::size_t{512} << 20;      ///< inflated from the object streams of one damaged file

// Logical structure and form fields
inline constexpr int kStructureElementsMax = 500'000;                       ///< elements of a structure tree
inline constexpr int kStructureDepthMax = 128;                              ///< elements in each other
inline constexpr std::int64_t kStructureStepsMax = 8'000'000;               ///< kids, attributes, their entries
inline constexpr std::int64_t kStructureTextMax = 16'000'000;               ///< bytes of titles, alternatives …
inline constexpr int kFieldsMax = 20'000;                                   ///< widgets of one page
inline constexpr int kFieldOptionsMax = 200'000;                            ///< options of one page's fields
inline constexpr std::int64_t kFieldStepsMax = 2'000'000;                   ///< states, values, choices of one page's
inline constexpr std::int64_t kFieldBytesMax = 16'000'000;                  ///< texts of one page's fields

// Notes and attached files
inline constexpr int kNotesMax = 100'000;                                   ///< annotations read of one page
inline constexpr std::size_t kNoteBytesMax = std::size_t{4} << 20;          ///< texts of one page's notes
inline constexpr std::size_t kAttachedBytesMax = std::size_t{64} << 20;     ///< of all files passed on with one HTML document

// Streams
inline constexpr int kFilterChainMax = 8;                                   ///< filters of one stream
inline constexpr std::size_t kStreamBytesMax = std::size_t{256} << 20;      ///< one stream, inflated
inline constexpr std::size_t kPageBytesMax = std::size_t{1} << 30;          ///< all streams of one page, inflated

// Content streams and display lists
inline constexpr std::int64_t kOperatorsMax = 20'000'000;                   ///< operators of one page, forms included
inline constexpr int kOperandsMax = 512;                                    ///< operands kept for one operator
inline constexpr int kGraphicsStateDepthMax = 512;                          ///< q without Q
inline constexpr int kFormDepthMax = 28;                                    ///< forms, patterns, Type 3 procs, masks
inline constexpr std::int64_t kListCommandsMax = 4'000'000;                 ///< commands of one page, nested included
inline constexpr std::int64_t kPathPointsMax = 20'000'000;                  ///< path points of one page
inline constexpr std::int64_t kGlyphsMax = 5'000'000;                       ///< glyphs of one page
inline constexpr std::size_t kVisibilitiesMax = 1'000;                      ///< combinations of layers told apart on one page
inline constexpr std::int64_t kVisibilityStepsMax = 1'000'000;              ///< parts of visibility expressions read for one page
inline constexpr std::int64_t kMarkedTextMax = 4'000'000;                   ///< code points that replace a page's content

// Fonts
inline constexpr std::size_t kFontBytesMax = std::size_t{64} << 20;         ///< one font program
inline constexpr int kGlyphPointsMax = 30'000;                              ///< outline points of one glyph; FreeType holds 32,767

// Images, shadings, patterns
inline constexpr std::int64_t kImagePixelsMax = std::int64_t{1} << 28;      ///< one image, before reduction
inline constexpr std::size_t kImageBytesMax = std::size_t{512} << 20;       ///< one image, decoded
inline constexpr std::int64_t kJbig2PixelsBase = std::int64_t{1} << 26;     ///< decoded for one JBIG2 image, symbols included …
inline constexpr std::int64_t kJbig2PixelsEach = 8;                         ///< … and for each of its pixels, up to kImagePixelsMax
inline constexpr std::int64_t kMeshPatchesMax = 200'000;                    ///< patches or triangles of one shading
inline constexpr std::int64_t kPatternTilesMax = 1'000'000;                 ///< repetitions drawn for one fill

// Raster
inline constexpr int kTileSideMax_px = 32'768;                              ///< width or height of one tile
inline constexpr std::int64_t kTilePixelsMax = std::int64_t{1} << 27;       ///< pixels of one tile
inline constexpr std::int64_t kPagePixelsMax = std::int64_t{1} << 30;       ///< pixels of one page, all tiles
inline constexpr int kGroupDepthMax = 64;                                   ///< nested transparency groups
inline constexpr int kDashSegmentsMax = 1'000'000;                          ///< dashes of one stroke

// Text and search
inline constexpr std::size_t kSearchQueryBytesMax = 4096;                   ///< of a search text or pattern
inline constexpr std::int64_t kSearchMemoryBytes = std::int64_t{2} << 20;   ///< of a compiled pattern and its automata
inline constexpr std::size_t kSearchHitsMax = 100'000;                      ///< kept per page
inline constexpr std::int64_t kLinkTestsMax = 100'000'000;                  ///< comparisons of one page's text with its links
inline constexpr std::int64_t kTableFillMax = 200'000;                      ///< cells of one page's tables that nothing stands in
inline constexpr int kTextNestingMax = 16;                                  ///< lists, and block quotes, in each other
inline constexpr std::size_t kLayoutColumnsMax = 1'000;                     ///< of text laid out in columns of characters

// Caches (not limits on input; they bound memory)
inline constexpr std::size_t kGlyphCacheBytes = std::size_t{2} << 20;       ///< coverage bitmaps per raster cache
inline constexpr std::size_t kImageCacheBytes = std::size_t{16} << 20;      ///< device-scaled images per raster cache
inline constexpr std::size_t kOutlineCacheBytes = std::size_t{1} << 20;     ///< outlines per face

}  // namespace ode
