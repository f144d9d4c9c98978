package dev.alta.scorer.oip;

import com.google.protobuf.ByteString;

/** The elements of a tensor by their index; only the method for the tensor's type may be called. */
interface Elements {
  /** An element of a BOOL tensor. */
  boolean truth(int i);

  /** An element of a tensor of whole numbers; one of UINT64 as the same 64 bits. */
  long whole(int i);

  /** An element of a tensor of decimals. */
  double decimal(int i);

  /** An element of a BYTES tensor. */
  ByteString bytes(int i);
}
