# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Adding
# The sum of {{1}} and {{2}} is {{add(1, 2)}};
# a product is {{ 24*24*25:, }}. See Conv2D.

# %% nbgrader={"grade": false, "grade_id": "setup-alpha", "locked": true, "schema_version": 3, "solution": false, "task": false}
import math

from autograder import check

# %% [markdown]
# ## Question 1
# Write `add`.

# %% nbgrader={"grade": false, "grade_id": "add-solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def add(a, b):
    """Sum of two numbers."""
    ### BEGIN SOLUTION
    return a + b
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "add", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("add")

# %%
print("demo", math.pi)

# %% nbgrader={"grade": false, "grade_id": "double-solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def double(a):
    """Twice a number."""
    ### BEGIN SOLUTION
    return 2 * a
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "double", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("double")
