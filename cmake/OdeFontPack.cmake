# The font pack: files of Debian 12 packages, pinned by hash, copied to share/ode/fonts of the build and installed from
# there. engine/fonts/font_pack.cpp names the same files. Pages that lack fonts depend on every byte of them, so a
# file that differs is worth a warning.
set(ODE_FONT_PACK_DIR "${CMAKE_BINARY_DIR}/share/ode/fonts")
set(ODE_FONT_SOURCE_DIR "/usr/share/fonts" CACHE PATH "Where the fonts of Debian's packages are")
set(ODE_FONT_COPYRIGHT_DIR "/usr/share/doc" CACHE PATH "Where the copyright files of those packages are")

set(ode_font_files
  "60d0ab6a22e4018b1232806d98f4015e04f9a0a569db7a169c40d55e2a9f6252 opentype/urw-base35/C059-BdIta.otf"
  "75dea10068264324522e7b96612083582eee0158eb728fa9c219279890f33e26 opentype/urw-base35/C059-Bold.otf"
  "77852deabd3a84f7d0213932239de522410309374c2255ccbd510f01dc7c6e80 opentype/urw-base35/C059-Italic.otf"
  "e00cc7b88f0cf25ae43f0e48de39d0043fe042b55719a3ac32669ab3369542ec opentype/urw-base35/C059-Roman.otf"
  "a7bd946b69ae526328f26b5339fb31057dd40950d7b60598f36b2bd06542f105 opentype/urw-base35/D050000L.otf"
  "f036d05d2168c7f71cb11d31e81d11133f3d09711e24ebde19d08a24842384d5 opentype/urw-base35/NimbusMonoPS-Bold.otf"
  "a67ed9e364c933c79fc3ce88e17a0265334697c184b065407e754d43cbbf6d0a opentype/urw-base35/NimbusMonoPS-BoldItalic.otf"
  "7f1f85498027e07befadd3c7592518909b9e8c7f96ee5615e0b21be0c399c4b4 opentype/urw-base35/NimbusMonoPS-Italic.otf"
  "4f225ca8e13acb16f733ce741693105e527d5f7a5443901b9ecc190fca4e149b opentype/urw-base35/NimbusMonoPS-Regular.otf"
  "e0ad81923bc6d85d5426f796217c87963ca1ae3c65e22c87a25b6c6353de299e opentype/urw-base35/NimbusRoman-Bold.otf"
  "c84bcb17ab4ee54f16dadad6a3b0b2df37a24f9fc812897c4a59eeca785a5dec opentype/urw-base35/NimbusRoman-BoldItalic.otf"
  "b7c424e6cb79baddfcdcd9a9d87f9fc4fdd06f0e5160066e2b2e47bcd647c7b9 opentype/urw-base35/NimbusRoman-Italic.otf"
  "fd41669443616a7ae890c42e53a58f47fa24a940fd1e367acaff665cf5b6e9d8 opentype/urw-base35/NimbusRoman-Regular.otf"
  "7f33328e6b4d4cd21b45fa625791928c9407dc702db6780e56b09ca9a3ecaa67 opentype/urw-base35/NimbusSans-Bold.otf"
  "3f47fb34fcb7de09f8cbc9f305191340ddebf7a068419f4bb5f49287dea59b87 opentype/urw-base35/NimbusSans-BoldItalic.otf"
  "7b0bef5686aa58c0fd0f0d01beeae56664208490e30ca6a25431281c9a0c6402 opentype/urw-base35/NimbusSans-Italic.otf"
  "7c25be4d78155523080ab85b10277150657ff7dabbcad7037bdd536c9b6d0d08 opentype/urw-base35/NimbusSans-Regular.otf"
  "6d7cec07f5a9035e208532dab35a51312aef4a7f26eb524dd614c9fcd97c3264 opentype/urw-base35/NimbusSansNarrow-Bold.otf"
  "3cefbe4a602a08a0400798fc4aba2d48f7b7e05fa6ed54c2009d68adc6eccef9 opentype/urw-base35/NimbusSansNarrow-BoldOblique.otf"
  "6fd8dd67ab951f36f66563ef8443bafdf10836e73ebe856f85f4a9c282293585 opentype/urw-base35/NimbusSansNarrow-Oblique.otf"
  "0111cf7c05377c4f1685d37bfa8b3edd2033278122f69e0a9803a8514e352b99 opentype/urw-base35/NimbusSansNarrow-Regular.otf"
  "ba6503baaf0f9e4e40a69cc4c0e57049fbde313fe183aba8fe823208337a94af opentype/urw-base35/P052-Bold.otf"
  "63e15828175e55559ae09c9bdcd09fc0354537657d43109edb6e2a5509f8299f opentype/urw-base35/P052-BoldItalic.otf"
  "1feac6055211cf5c6c812c026e398195070f174064cc4d390f0db01647443b0e opentype/urw-base35/P052-Italic.otf"
  "f054a7389d8d0e9f4c5f7b4c21feb7e2b14bec8004a1e92778a78d149524eea9 opentype/urw-base35/P052-Roman.otf"
  "df570efda2df425dbfc004e4e5f77c55ca1b47f8ff28ad60dfad0fccf422b0bd opentype/urw-base35/StandardSymbolsPS.otf"
  "ab8b2fe57cbea9783c6179188dc013c76cfc5717c22cf59bbf3016ef2d7d93ee opentype/urw-base35/URWBookman-Demi.otf"
  "4d9dbaae8178ffa2f5d557245d09dc968eeac9eed7e453cc2db4cc6a9aacb44d opentype/urw-base35/URWBookman-DemiItalic.otf"
  "7b1bc8e6a16cef53785ce03d4848f8971f3ba38cd9e266e4786a50e08bd9235b opentype/urw-base35/URWBookman-Light.otf"
  "ed722e6c2996b08e8516d27a7c017972cfabf5d1736b496b6526da78fd17691a opentype/urw-base35/URWBookman-LightItalic.otf"
  "04318316cee29950805110c9c8949eea189ef5575132881f4d4d7e03e5299903 opentype/urw-base35/URWGothic-Book.otf"
  "ec4e947734950fd344918e560bc8ad0c5d8b17d0ab4853988824f13b9f77e53f opentype/urw-base35/URWGothic-BookOblique.otf"
  "5b009410cf5231dcb1e45b155c1afedcfc63d82042fd8c414d0dd7705c9fbbae opentype/urw-base35/URWGothic-Demi.otf"
  "d57abaa6d40718cfbf735ad50080d0b095e7194e451992e02786a7c0113db35c opentype/urw-base35/URWGothic-DemiOblique.otf"
  "a04947e59fc9339ea3c4b34c31fd46764f22af7512afc2c074ce190e79ed7a09 opentype/urw-base35/Z003-MediumItalic.otf"
  "abdc775b21b1bc470d50c97e790d276f2054b7504e56e5bd3e64f48d68582322 truetype/dejavu/DejaVuSans.ttf"
  "acb6440a713d880a13a21b468ba7cd43f5a2b2934972e51be791c880730777b8 truetype/droid/DroidSansFallbackFull.ttf"
)

foreach(entry IN LISTS ode_font_files)
  string(REPLACE " " ";" entry "${entry}")
  list(GET entry 0 expected_hash)
  list(GET entry 1 relative_path)
  get_filename_component(file_name "${relative_path}" NAME)
  set(source "${ODE_FONT_SOURCE_DIR}/${relative_path}")
  if(NOT EXISTS "${source}")
    message(WARNING "font pack: ${source} is missing (Debian packages fonts-urw-base35, fonts-dejavu-core, fonts-droid-fallback)")
    continue()
  endif()
  file(SHA256 "${source}" actual_hash)
  if(NOT actual_hash STREQUAL expected_hash)
    message(WARNING "font pack: ${source} is not the pinned file; pages without embedded fonts will look different")
  endif()
  file(MAKE_DIRECTORY "${ODE_FONT_PACK_DIR}")
  file(COPY_FILE "${source}" "${ODE_FONT_PACK_DIR}/${file_name}" ONLY_IF_DIFFERENT)
endforeach()
foreach(package IN ITEMS fonts-urw-base35 fonts-dejavu-core fonts-droid-fallback)
  if(EXISTS "${ODE_FONT_COPYRIGHT_DIR}/${package}/copyright")
    file(COPY_FILE "${ODE_FONT_COPYRIGHT_DIR}/${package}/copyright" "${ODE_FONT_PACK_DIR}/COPYRIGHT.${package}" ONLY_IF_DIFFERENT)
  endif()
endforeach()

install(DIRECTORY "${ODE_FONT_PACK_DIR}/" DESTINATION share/ode/fonts)

# Tests find the pack through ODE_FONT_PACK_DIR. Not a flag of all targets: it would differ between build directories and
# so empty the compiler cache.
function(ode_tell_tests_the_font_pack)
  foreach(target IN ITEMS fonts_tests pdf_tests raster_tests text_tests api_tests)
    if(TARGET ${target})
      target_compile_definitions(${target} PRIVATE "ODE_FONT_PACK_DIR=\"${ODE_FONT_PACK_DIR}\"")
    endif()
  endforeach()
endfunction()
cmake_language(DEFER CALL ode_tell_tests_the_font_pack)
