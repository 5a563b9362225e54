# SPDX-License-Identifier: MIT
"""Makes a Python binding out of lib/abi/api.json alone: proof that the description suffices."""

import ctypes
import json
import re

NUMBERS = {"int8_t": ctypes.c_int8, "uint8_t": ctypes.c_uint8, "int16_t": ctypes.c_int16,
           "uint16_t": ctypes.c_uint16, "int32_t": ctypes.c_int32, "uint32_t": ctypes.c_uint32,
           "int64_t": ctypes.c_int64, "uint64_t": ctypes.c_uint64, "double": ctypes.c_double,
           "size_t": ctypes.c_size_t, "char": ctypes.c_char, "void": None}


class Binding:
    """Functions, structs, callbacks and constants as attributes, by their names in C."""

    def __init__(self, library, description):
        with open(description, encoding="utf-8") as file:
            self.api = json.load(file)
        self.library = ctypes.CDLL(str(library))
        self.known = dict(NUMBERS)
        self.constants = {macro["name"]: macro["value"] for macro in self.api["macros"]}
        for enum in self.api["enums"]:
            self.constants.update({value["name"]: value["value"] for value in enum["values"]})
        for alias in self.api["types"]:
            self.known[alias["name"]] = self.known[alias["type"]]
        for handle in self.api["handles"]:
            self.known[handle["name"]] = type(handle["name"], (ctypes.Structure,), {})
        for struct in self.api["structs"]:
            self.known[struct["name"]] = type(struct["name"], (ctypes.Structure,), {})
        for callback in self.api["callbacks"]:
            self.known[callback["name"]] = ctypes.CFUNCTYPE(
                self.type_of(callback["returns"]),
                *(self.type_of(parameter["type"]) for parameter in callback["parameters"]))
        for struct in self.api["structs"]:
            self.known[struct["name"]]._fields_ = [
                (field["name"], self.type_of(field["type"])) for field in struct["fields"]]
        for function in self.api["functions"]:
            bound = getattr(self.library, function["name"])
            bound.restype = self.type_of(function["returns"])
            bound.argtypes = [self.type_of(parameter["type"]) for parameter in function["parameters"]]

    def __getattr__(self, name):
        if name in self.constants:
            return self.constants[name]
        return self.known[name] if name in self.known else getattr(self.library, name)

    def type_of(self, text):
        array = re.fullmatch(r"(.*)\[(\w+)\]", text)
        if array:
            return self.type_of(array[1]) * int(self.constants.get(array[2], array[2]))
        stars = text.count("*")
        bare = self.known[re.sub(r"\b(const|struct)\b|[\s*]", "", text)]
        if stars and bare is None:
            bare, stars = ctypes.c_void_p, stars - 1
        elif stars and bare is ctypes.c_char and "const" in text:
            bare, stars = ctypes.c_char_p, stars - 1
        for _ in range(stars):
            bare = ctypes.POINTER(bare)
        return bare
