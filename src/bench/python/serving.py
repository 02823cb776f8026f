"""The serving side of the replaced system: FastAPI and scikit-learn. Records nothing, asks for no login.

Usage: serving.py <advertising.csv> <port>
"""

import sys

import pandas as pd
import uvicorn
from fastapi import FastAPI
from pydantic import BaseModel
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import MinMaxScaler

FEATURES = ["TV", "radio", "newspaper"]

rows = pd.read_csv(sys.argv[1])
model = make_pipeline(MinMaxScaler(), LogisticRegression()).fit(
    rows[FEATURES].to_numpy(), rows["conversion"]
)
app = FastAPI()


class Row(BaseModel):
    features: dict[str, float]


@app.get("/health")
def health():
    return {"status": "healthy"}


@app.post("/predict")
async def predict(row: Row):
    probabilities = model.predict_proba([[row.features[name] for name in FEATURES]])[0]
    return {
        "prediction": int(probabilities.argmax()),
        "probabilities": {"0": probabilities[0], "1": probabilities[1]},
    }


if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[2]), log_level="warning")
