// What the tests ask of a document in a reading engine: on the screen, legible, not too wide.

window.measures = {
  // Whether an element's beginning is on the screen, whatever frame it is in.
  onScreen(node) {
    const frame = node.ownerDocument.defaultView.frameElement.getBoundingClientRect()
    const [box] = node.getClientRects()
    if (!box) return false
    const [left, top] = [frame.left + box.left, frame.top + box.top]
    return left > -20 && left < innerWidth && top > -20 && top < innerHeight
  },

  // The text from an element on, in the order of the document, but for what is folded up.
  textFrom(node, length) {
    const walker = node.ownerDocument.createTreeWalker(node.ownerDocument.body, NodeFilter.SHOW_TEXT)
    walker.currentNode = node
    let text = ""
    while (text.length < length && walker.nextNode())
      if (!walker.currentNode.parentElement.closest("details")) text += walker.currentNode.data
    return text
  },

  // Texts whose contrast with their ground is below what WCAG 2.2 (1.4.3) asks for.
  faint(shown, least) {
    const canvas = probe(shown, "Canvas")
    return texts(shown)
      .map(([node, text]) => [contrast(node, canvas), text.trim().slice(0, 30)])
      .filter(([ratio]) => ratio < least)
      .map(([ratio, text]) => `${ratio.toFixed(2)}: ${text}`)
  },

  // What sticks out of a page of this width; what scrolls for itself may be as wide as it likes.
  tooWide(shown, width) {
    const found = shown.documentElement.scrollWidth > width ? ["the page"] : []
    for (const node of shown.body.querySelectorAll("*")) {
      if (scrolls(node.parentElement)) continue
      for (const box of node.getClientRects())
        if (box.width > 1 && (box.right > width + 1 || box.left < -1)) {
          found.push(`${node.localName}.${node.className}: ${box.left} to ${box.right}`)
          break
        }
    }
    return found
  },

  // Texts that aren't set as the reader wants them, for a property of CSS.
  not(shown, property, wanted) {
    return texts(shown)
      .map(([node, text]) => [getStyle(node)[property], text.trim().slice(0, 30)])
      .filter(([value]) => value !== wanted)
      .map(([value, text]) => `${value}: ${text}`)
  },
}

const getStyle = node => node.ownerDocument.defaultView.getComputedStyle(node)

// The visible texts of a document, each with the element that it is in.
const texts = shown => {
  const found = []
  const walker = shown.createTreeWalker(shown.body, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement
    if (walker.currentNode.data.trim() && node.checkVisibility({ visibilityProperty: true })
      && node.getClientRects().length) found.push([node, walker.currentNode.data])
  }
  return found
}

const scrolls = node => {
  for (let one = node; one && one !== one.ownerDocument.body; one = one.parentElement)
    if (["auto", "scroll"].includes(getStyle(one).overflowX)) return true
  return false
}

const probe = (shown, colour) => {
  const node = shown.createElement("i")
  node.style.color = colour
  shown.body.append(node)
  const value = rgba(getStyle(node).color)
  node.remove()
  return value
}

// Contrast by WCAG 2.2: the grounds and opacities of all elements around the text, one over another.
const contrast = (node, canvas) => {
  const around = []
  for (let one = node; one; one = one.parentElement) around.unshift(one)
  let ground = canvas, opacity = 1
  for (const one of around) {
    opacity *= Number(getStyle(one).opacity)
    ground = over(rgba(getStyle(one).backgroundColor), ground, opacity)
  }
  const ink = over(rgba(getStyle(node).color), ground, opacity)
  const [dark, light] = [luminance(ink), luminance(ground)].sort((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}

const over = (top, below, opacity) =>
  below.map((part, index) => part + (top[index] - part) * top[3] * opacity)

const luminance = colour => {
  const [red, green, blue] = colour.slice(0, 3)
    .map(part => part / 255)
    .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

// Any colour of CSS as red, green, blue to 255 and opacity to 1: a canvas knows them all.
const rgba = (() => {
  const known = new Map()
  const canvas = document.createElement("canvas")
  canvas.width = canvas.height = 1
  const brush = canvas.getContext("2d", { willReadFrequently: true })
  return colour => {
    if (!known.has(colour)) {
      brush.clearRect(0, 0, 1, 1)
      brush.fillStyle = colour
      brush.fillRect(0, 0, 1, 1)
      const [red, green, blue, alpha] = brush.getImageData(0, 0, 1, 1).data
      known.set(colour, [red, green, blue, alpha / 255])
    }
    return known.get(colour)
  }
})()
