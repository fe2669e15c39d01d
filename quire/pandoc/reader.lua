-- Reads documents one after another, so that pandoc starts once and not for each.
-- First in: a line with the abbreviations after which a blank doesn't part a line, blanks between.
-- Then in: a line with a format's name, a line with a number of bytes, and as many bytes of text.
-- Out: a line "ok" or "no", a line with a number of bytes, and as many: JSON, or what is wrong.
io.stdin:setvbuf("full")
local abbreviations = {}
for one in io.read("l"):gmatch("%S+") do abbreviations[one] = true end
-- The columns are the command's own default, by which it measures tables.
local options = pandoc.ReaderOptions{columns = 72, abbreviations = abbreviations}
while true do
  local format = io.read("l")
  if not format then break end
  local length = tonumber(io.read("l"))
  local text = length > 0 and io.read(length) or ""
  local well, said = pcall(function()
    return pandoc.write(pandoc.read(text, format, options), "json")
  end)
  said = tostring(said)
  io.write(well and "ok" or "no", "\n", #said, "\n", said)
  io.flush()
end
