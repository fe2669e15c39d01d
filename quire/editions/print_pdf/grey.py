"""Colours of the screen in a printed book become greys: for printers that take no RGB.

Only what is RGB is changed: black text is black ink already. Gradients keep their run; what can't
be told (a gradient by a program, a colour of a lab) stays, and the preflight says so.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Any, Final

import pikepdf

__all__ = ["put_in_grey"]

_WEIGHTS: Final = (0.299, 0.587, 0.114)
"""How light red, green and blue are (ITU-R BT.601), as Pillow has it for pictures of pixels."""

_GREY_OF: Final = {"rg": "g", "RG": "G"}
_SETS: Final = {"cs": "fill", "CS": "stroke"}
_PAINTS: Final = {"sc": "fill", "scn": "fill", "SC": "stroke", "SCN": "stroke"}
_GREY: Final = pikepdf.Name.DeviceGray


def put_in_grey(document: pikepdf.Pdf) -> None:
    """Change every RGB colour, gradient and picture of a PDF into a grey of the device."""
    done: set[tuple[int, int]] = set()
    for page in document.pages:
        resources = page.obj.get("/Resources", pikepdf.Dictionary())
        told = _instructions(page, resources)
        if told is not None:
            page.obj["/Contents"] = document.make_stream(told)
        _put_resources(resources, done)


def _put_resources(resources: Any, done: set[tuple[int, int]]) -> None:
    """What a page or a form names: forms, pictures, patterns, gradients."""
    for form in resources.get("/XObject", pikepdf.Dictionary()).values():
        if form.objgen in done:
            continue
        done.add(form.objgen)
        if str(form.get("/Subtype")) == "/Image":
            _put_picture(form)
        else:
            _put_stream(form, resources, done)
    for pattern in resources.get("/Pattern", pikepdf.Dictionary()).values():
        if pattern.objgen not in done:
            done.add(pattern.objgen)
            if "/Shading" in pattern:
                _put_gradient(pattern["/Shading"])
            else:
                _put_stream(pattern, resources, done)
    for gradient in resources.get("/Shading", pikepdf.Dictionary()).values():
        _put_gradient(gradient)


def _put_stream(stream: Any, outer: Any, done: set[tuple[int, int]]) -> None:
    resources = stream.get("/Resources", outer)
    told = _instructions(stream, resources)
    if told is not None:
        stream.write(told)
    group = stream.get("/Group", pikepdf.Dictionary())
    if _is_rgb(group.get("/CS")):
        group["/CS"] = _GREY
    _put_resources(resources, done)


def _instructions(stream: Any, resources: Any) -> bytes | None:
    """A content stream with its RGB as grey; None if it has none."""
    spaces = resources.get("/ColorSpace", pikepdf.Dictionary())
    now: dict[str, bool] = {"fill": False, "stroke": False}
    kept: list[dict[str, bool]] = []
    changed = False
    told: list[Any] = []
    for instruction in pikepdf.parse_content_stream(stream):
        operands: list[Any] = list(instruction.operands)
        name = str(instruction.operator)
        if name == "q":
            kept.append(dict(now))
        elif name == "Q" and kept:
            now = kept.pop()
        elif name in _SETS:
            now[_SETS[name]] = _is_rgb(spaces.get(str(operands[0]), operands[0]))
            if now[_SETS[name]]:
                operands, changed = [_GREY], True
        elif name in _PAINTS and now[_PAINTS[name]] and len(operands) == len(_WEIGHTS):
            operands, changed = [_lightness(operands)], True
        elif name in _GREY_OF:
            name, operands, changed = _GREY_OF[name], [_lightness(operands)], True
        told.append((operands, pikepdf.Operator(name)))
    return pikepdf.unparse_content_stream(told) if changed else None


def _put_picture(picture: Any) -> None:
    if picture.get("/ImageMask", False) or not _is_rgb(picture.get("/ColorSpace")):
        return
    grey = pikepdf.PdfImage(picture).as_pil_image().convert("L")
    picture.write(zlib.compress(grey.tobytes(), 9), filter=pikepdf.Name.FlateDecode)
    picture["/ColorSpace"] = _GREY
    picture["/BitsPerComponent"] = 8
    for key in ("/DecodeParms", "/Decode", "/Intent"):
        if key in picture:
            del picture[key]


def _put_gradient(gradient: Any) -> None:
    """Between two colours, greys go as the colours do: a weighted sum is linear."""
    functions = gradient.get("/Function")
    if functions is None or not _is_rgb(gradient.get("/ColorSpace")):
        return
    steps = list(_steps(functions))
    if all(_goes_between_colours(one) for one in steps if _is_last(one)):
        for one in steps:
            for end in ("/C0", "/C1"):
                if len(one.get(end, ())) == len(_WEIGHTS):  # gradients can share a step
                    one[end] = pikepdf.Array([_lightness(one[end])])
            if "/Range" in one:
                one["/Range"] = pikepdf.Array([0, 1])
        gradient["/ColorSpace"] = _GREY
        if "/Background" in gradient:
            gradient["/Background"] = pikepdf.Array([_lightness(gradient["/Background"])])


def _steps(function: Any) -> Iterator[Any]:
    """A function, and those that it is stitched of (PDF 1.7, 7.10.4)."""
    if isinstance(function, pikepdf.Array):
        for one in function:
            yield from _steps(one)
        return
    yield function
    if not _is_last(function):
        yield from _steps(function["/Functions"])


def _is_last(function: Any) -> bool:
    return int(function.get("/FunctionType", -1)) != 3


def _goes_between_colours(function: Any) -> bool:
    """Whether it goes from one colour to another (PDF 1.7, 7.10.3)."""
    ends = len(function.get("/C0", ())), len(function.get("/C1", ()))
    return int(function.get("/FunctionType", -1)) == 2 and set(ends) <= {1, len(_WEIGHTS)}


def _is_rgb(space: Any) -> bool:
    if isinstance(space, pikepdf.Array) and len(space):
        if str(space[0]) == "/ICCBased":
            return int(space[1].get("/N", 0)) == len(_WEIGHTS)
        if str(space[0]) == "/Indexed":
            return _is_rgb(space[1])
        return str(space[0]) == "/CalRGB"
    return isinstance(space, pikepdf.Name) and str(space) == "/DeviceRGB"


def _lightness(colour: Any) -> float:
    return round(sum(w * float(c) for w, c in zip(_WEIGHTS, colour, strict=True)), 4)
