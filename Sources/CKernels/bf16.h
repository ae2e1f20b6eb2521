// Single bfloat16 values (include/precision.h); vectors of them are in element.inl.
#pragma once
#include <stdint.h>
#include <string.h>

static inline float s3n_from_bf16(uint16_t value) {
  const uint32_t bits = (uint32_t)value << 16;
  float result;
  memcpy(&result, &bits, sizeof result);
  return result;
}

static inline uint16_t s3n_to_bf16(float value) {
  uint32_t bits;
  memcpy(&bits, &value, sizeof bits);
  const uint32_t rounded = bits + 0x7fff + (bits >> 16 & 1);
  const uint32_t number = (bits & 0x7f800000) == 0 ? bits & 0x80000000 : rounded;
  return (uint16_t)((value != value ? bits | 0x400000 : number) >> 16);
}
