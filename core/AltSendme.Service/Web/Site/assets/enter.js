// The cookie of the session is sent with what a page of our own does, not with what follows a start elsewhere.
location.replace(document.getElementById("go").href);
