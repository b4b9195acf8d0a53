# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Multiplying

# %%
from autograder import check

# %% nbgrader={"grade": false, "grade_id": "times-solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def times(a, b):
    ### BEGIN SOLUTION
    return a * b
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "times", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("times")
