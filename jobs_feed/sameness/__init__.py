"""One advert once: who the employer is, which adverts are the same job, and what becomes of the others."""
