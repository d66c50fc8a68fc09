/* What is under the name is no table, but as long as one. */
__attribute__((visibility("default"))) int keepwell_plugin_v1(int number);
int keepwell_plugin_v1(int number) {
    int sum = 0;
    for (int i = 0; i < number; ++i) sum += i % 7 == 3 ? i * number : i + (sum ^ number) % 11;
    for (int i = 0; i < number; ++i) sum ^= i % 5 == 2 ? i + number : sum - (i ^ number) % 13;
    return sum;
}
