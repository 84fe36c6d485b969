"""The reference kit modelled in code and rendered with Blender as a Python package: demo tables and cut-outs.

``nox -s render -- tables --out resources/demo/tables`` makes the demo tables and their truth file,
``nox -s render -- cutouts --out DIR`` a cut-out store with every tool and foreign thing from many directions.
Both need ``bpy`` 5.0 on Python 3.11.  The station itself never needs Blender: nothing in this package imports
``bpy`` before a shape is built.

``nox -s render -- invented --out DIR --count N`` adds labelled tables that are laid out by chance.

Modules: ``scenes`` (what lies where, plain data), ``views`` (from where and in which light a cut-out is seen, plain
data), ``titles`` (the tools in words), ``outlines`` (plane geometry, pure Python), ``shapes`` (solids from outlines),
``geometry`` (the eleven tools), ``foreign`` (things that are not in the kit), ``materials``, ``stage`` (lamps, hall,
renderer), ``layout`` (things on a table without touching, pure Python), ``invented`` (tables by chance), ``render``
(pictures of tables and their truth file), ``cutouts`` (the store).
"""
