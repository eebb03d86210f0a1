using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using AltSendme.Service.Client.Contract;
using AltSendme.Service.Events;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace AltSendme.Service.Api;

/// <summary>Events as server-sent events, to be gone on with after a lost connection.</summary>
internal static class EventRoutes
{
    public static void MapEvents(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/events", Watch).WithTags("events").WithName("WatchEvents")
            .WithSummary("What changes, as server-sent events; each brings the whole share or receive. The first is a reset unless Last-Event-ID names a position that is still known.");

    private static ServerSentEventsResult<ServiceEvent> Watch([FromQuery] string? subject, [FromHeader(Name = "Last-Event-ID")] string? after, EventRing ring, IHostApplicationLifetime lifetime, CancellationToken cancellationToken) =>
        TypedResults.ServerSentEvents(ItemsAsync(ring, after, subject, lifetime.ApplicationStopping, cancellationToken));

    private static async IAsyncEnumerable<SseItem<ServiceEvent>> ItemsAsync(EventRing ring, string? after, string? subject, CancellationToken stopping, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Ended by the watcher or by the end of the service.
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, cancellationToken);
        await foreach (var value in ring.WatchAsync(after, subject, either.Token))
            yield return new SseItem<ServiceEvent>(value) { EventId = value.Position };
    }
}
