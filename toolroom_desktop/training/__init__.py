"""Making models and pictures: never needed at run time. The only package that may import torch or ultralytics."""
