"""Judges tokens with PyJWT, as an API would that takes its keys from a JWK set. JSON lines in, JSON lines out."""

import json
import sys
from datetime import datetime

import jwt
from jwt import api_jwt

setup = json.loads(sys.stdin.readline())


class FrozenClock(datetime):
    """PyJWT asks the machine what time it is, and nobody else."""

    @classmethod
    def now(cls, tz=None):
        return datetime.fromtimestamp(setup["nowSec"], tz=tz)


api_jwt.datetime = FrozenClock
client = jwt.PyJWKClient("https://not.asked.invalid")
published = jwt.PyJWKSet.from_dict({"keys": setup["keys"]})

print(json.dumps({"version": jwt.__version__, "file": jwt.__file__}), flush=True)
for line in sys.stdin:
    pair = json.loads(line)
    try:
        key_set = jwt.PyJWKSet.from_dict({"keys": pair["keys"]}) if "keys" in pair else published
        client.get_jwk_set = lambda refresh=False: key_set
        key = client.get_signing_key_from_jwt(pair["raw"])
        jwt.decode(
            pair["raw"],
            key.key,
            algorithms=setup["algorithms"],
            issuer=pair["issuer"],
            audience=pair["audiences"],
            leeway=pair["clockSkewSec"],
        )
        answer = {"accepts": True}
    except Exception as error:  # whatever it is, the API answers with a refusal
        answer = {"accepts": False, "why": f"{type(error).__name__}: {error}"}
    print(json.dumps(answer))
