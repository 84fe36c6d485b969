"""The demo tables: the reference kit modelled in code and rendered with Blender as a Python package.

The pictures under ``resources/demo/tables`` and their truth file are made by
``python -m toolroom_desktop.training.rendered_kit.render --out resources/demo/tables`` in an environment that
has ``bpy`` 5.0 (``pip install bpy==5.0.1`` on Python 3.11).  The station itself never needs Blender: nothing in
this package imports ``bpy`` before a shape is built.

Modules: ``scenes`` (what lies where, plain data), ``outlines`` (plane geometry, pure Python), ``shapes`` (solids
from outlines), ``geometry`` (the eleven tools), ``foreign`` (things that are not in the kit), ``materials``,
``render`` (camera, light, pictures, truth file).
"""
