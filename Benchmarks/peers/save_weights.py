"""Saves a network's random weights as a state dict: save_weights.py MODEL BACKBONE FILE"""

import sys

import torch

import networks

model, backbone, file = sys.argv[1:]
torch.save(networks.untrained(model, backbone).state_dict(), file)
