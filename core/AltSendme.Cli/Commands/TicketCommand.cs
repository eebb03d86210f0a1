using System.CommandLine;
using System.Text.Json;
using AltSendme.Cli.Rendering;
using AltSendme.Core.Tickets;

namespace AltSendme.Cli.Commands;

/// <summary><c>altsendme ticket inspect</c>: what a ticket says, without contacting anybody.</summary>
internal static class TicketCommand
{
    private static readonly Argument<string> Ticket = new("ticket") { Description = "The ticket." };

    public static Command Create()
    {
        var inspect = new Command("inspect", "Show what a ticket says: who sends, where, and which content. Contacts nobody.") { Ticket, CommonOptions.Json };
        inspect.SetAction(static async (result, _) =>
        {
            var json = TransferViews.Json(result);
            return await CommandRun.GuardAsync(result, json, "", () => Task.FromResult(Inspect(BlobTicket.Parse(result.GetValue(Ticket)!), json is not null)));
        });
        return new Command("ticket", "Look at tickets.") { inspect };
    }

    private static int Inspect(BlobTicket ticket, bool json)
    {
        if (json)
        {
            WriteJson(ticket);
            return ExitCodes.Done;
        }

        Console.WriteLine($"endpoint   {ticket.Endpoint}");
        Console.WriteLine($"content    {ticket.Root} ({(ticket.Format == BlobFormat.HashSequence ? "files with names" : "one blob without a name")})");
        Console.WriteLine($"relay      {(ticket.RelayUrl is { } relay ? SafeText.Of(relay.ToString()) : "none")}");
        Console.WriteLine($"addresses  {(ticket.Addresses.Count > 0 ? SafeText.Of(string.Join(", ", ticket.Addresses)) : "none")}");
        if (ticket.IsOneTime)
            Console.WriteLine("share      for one receiver");
        if (ticket.Expires is { } expires)
            Console.WriteLine($"expires    {expires:u}");
        return ExitCodes.Done;
    }

    private static void WriteJson(BlobTicket ticket)
    {
        using var output = Console.OpenStandardOutput();
        using var writer = new Utf8JsonWriter(output);
        writer.WriteStartObject();
        writer.WriteString("endpoint", ticket.Endpoint.ToString());
        writer.WriteString("hash", ticket.Root.ToString());
        writer.WriteString("format", ticket.Format == BlobFormat.HashSequence ? "hash-sequence" : "raw");
        if (ticket.RelayUrl is { } relay)
            writer.WriteString("relay", relay.ToString());
        writer.WriteStartArray("addresses");
        foreach (var address in ticket.Addresses)
            writer.WriteStringValue(address.ToString());
        writer.WriteEndArray();
        writer.WriteBoolean("oneTime", ticket.IsOneTime);
        if (ticket.Expires is { } expires)
            writer.WriteString("expires", expires);
        writer.WriteEndObject();
        writer.Flush();
        output.WriteByte((byte)'\n');
    }
}
