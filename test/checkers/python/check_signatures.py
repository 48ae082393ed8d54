"""What pyHanko says of the signatures in PDFs: one process for many files.

Each line of standard input is a question {"id": 1, "file": "…", "trusted": ["….pem", …]}; each is answered with one line,
{"id": 1, "answer": […]} or {"id": 1, "failure": "…"}. Ends with its input.
"""

import json
import logging
import sys

from pyhanko.keys import load_certs_from_pemder
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import SuspiciousModification
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext


def judgement(signature, trusted):
    """Key usage must allow non-repudiation, as for any signature under a document; revocation is not asked."""
    roots = list(load_certs_from_pemder(trusted))
    status = validate_pdf_signature(
        signature, ValidationContext(trust_roots=roots, allow_fetching=False)
    )
    refused = status.diff_result
    stamp = status.timestamp_validity
    return {
        "field": signature.field_name,
        "valid": status.bottom_line,
        "intact": status.intact and status.valid,
        "trusted": status.trusted,
        "coverage": status.coverage.name,
        "modifications": status.modification_level.name,
        "permitted": bool(status.docmdp_ok),
        "refusal": str(refused) if isinstance(refused, SuspiciousModification) else None,
        "timeStamped": None if stamp is None else stamp.valid and stamp.intact and stamp.trusted,
        "summary": status.summary(),
    }


def answer(question):
    try:
        with open(question["file"], "rb") as file:
            signatures = PdfFileReader(file).embedded_regular_signatures
            judgements = [judgement(each, question["trusted"]) for each in signatures]
        return {"id": question["id"], "answer": judgements}
    except Exception as failure:  # whatever it is, it is said of this file and the next one is read
        return {"id": question["id"], "failure": f"{type(failure).__name__}: {failure}"}


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line))), flush=True)
