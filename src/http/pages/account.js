"use strict";

// The pages behind the links of mails. The token stands in the fragment, which no server sees, and
// is sent once the person asks for it: a program that looks at links for them must not use it up.
const pages = {
    "/confirm-address": {
        form: "confirm",
        call: "confirm-address",
        ask: "You are one step away from your account.",
        done: "The address is confirmed. You can sign in now.",
    },
    "/confirm-new-address": {
        form: "confirm",
        call: "confirm-new-address",
        ask: "You asked for this address to be the one of your account.",
        done: "This is the address of your account now.",
    },
    "/reset-password": {
        form: "reset",
        call: "reset-password",
        ask: "Choose a new password. You will be signed out everywhere.",
        done: "The password is changed. Sign in with it; a second factor is asked for as before.",
    },
};

const page = pages[location.pathname];
const token = new URLSearchParams(location.hash.slice(1)).get("token");
const said = document.getElementById("said");

function say(text) {
    said.textContent = text;
}

async function send(form) {
    const body = { token: token };
    if (page.form === "reset") body.password = document.getElementById("password").value;
    const button = form.querySelector("button");
    button.disabled = true;
    say("One moment.");
    try {
        const answer = await fetch(`/api/v1/auth/${page.call}`, {
            method: "POST",
            headers: { "Content-Type": "application/json", "X-Strikeoff": "1" },
            body: JSON.stringify(body),
        });
        if (answer.ok) {
            form.hidden = true;
            history.replaceState(null, "", location.pathname);
            say(page.done);
            return;
        }
        const problem = await answer.json();
        const fields = problem.fields.map((field) => `${field.field} ${field.message}`);
        say([problem.detail, ...fields].filter(Boolean).join("; ") + ".");
    } catch {
        say("There is no connection to the service. Try again in a moment.");
    }
    button.disabled = false;
}

if (page && token) {
    const form = document.getElementById(page.form);
    say(page.ask);
    form.hidden = false;
    form.addEventListener("submit", (event) => {
        event.preventDefault();
        send(form);
    });
    document.getElementById("shown").addEventListener("change", (event) => {
        document.getElementById("password").type = event.target.checked ? "text" : "password";
    });
} else {
    say("This link is not whole. Copy all of it from the mail, or ask for a new one.");
}
